package org.secrethandshake.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.identity.AddressText.Field;
import org.secrethandshake.spi.CryptoProvider;

/**
 * One way to reach a server in its parts, as somebody wrote them: nothing is checked yet.
 *
 * @param key the base64 only
 * @param complaint makes the error about a part
 */
record AddressParts(Field host, Field port, Field key, Optional<Field> seed, Complaint complaint) {
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
  private static final int MAX_PORT = 65535;

  /** Says what is wrong with a part, in the words of the form that it was written in. */
  interface Complaint {
    IllegalArgumentException about(Field part, String clause);
  }

  /**
   * Checks the parts and returns what they say, or throws the complaint about the first bad one.
   */
  NetAddress address() {
    String checkedHost = Host.checked(host.text(), clause -> complaint.about(host, clause));
    NetAddress address = NetAddress.of(checkedHost, checkedPort(), serverKey());
    if (seed.isEmpty()) {
      return address;
    }
    byte[] bytes = base64(seed.get(), CryptoProvider.SEED_BYTES, "the seed");
    try {
      return address.withSeed(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private int checkedPort() {
    int number = PORT.matcher(port.text()).matches() ? Integer.parseInt(port.text()) : 0;
    if (number == 0 || number > MAX_PORT) {
      throw complaint.about(port, "the port must be 1 to " + MAX_PORT + " in plain decimal digits");
    }
    return number;
  }

  private IdentityKey serverKey() {
    return IdentityKey.of(
        base64(key, IdentityKey.BYTES, "the server's key, without @ and .ed25519,"));
  }

  private byte[] base64(Field part, int bytes, String name) {
    byte[] characters = part.text().getBytes(StandardCharsets.US_ASCII);
    try {
      return CanonicalBase64.decode(characters, bytes)
          .orElseThrow(
              () ->
                  complaint.about(
                      part, name + " must be the padded base64 of " + bytes + " bytes"));
    } finally {
      Arrays.fill(characters, (byte) 0);
    }
  }
}
