package org.secrethandshake.identity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.identity.AddressText.Field;
import org.secrethandshake.identity.AddressText.Protocol;
import org.secrethandshake.spi.CryptoProvider;

/** Takes from a multiserver address the alternatives that this library can dial. */
final class AddressParser {
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
  private static final int MAX_PORT = 65535;

  private final AddressText text;
  private final List<NetAddress> dialable = new ArrayList<>();
  private final Set<String> skipped = new LinkedHashSet<>();

  private AddressParser(AddressText text) {
    this.text = text;
  }

  /** Returns at least one alternative, or throws what {@link MultiserverAddress#parse} promises. */
  static List<NetAddress> parse(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "The multiserver address is empty; expected " + AddressText.FORM);
    }
    if (text.length() > MultiserverAddress.MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "The multiserver address is longer than %d characters; expected %s"
              .formatted(MultiserverAddress.MAX_CHARACTERS, AddressText.FORM));
    }
    return new AddressParser(new AddressText(text)).dialable();
  }

  private List<NetAddress> dialable() {
    do {
      alternative(text.nextChain());
    } while (text.more());
    if (dialable.isEmpty()) {
      throw new IllegalArgumentException(
          "The multiserver address cannot be dialled: it is for %s, but this library dials %s"
              .formatted(String.join(", ", skipped), AddressText.FORM));
    }
    return List.copyOf(dialable);
  }

  private void alternative(List<Protocol> chain) {
    String names = AddressText.names(chain);
    switch (names) {
      case "net~shs" -> dialable.add(address(chain.get(0), chain.get(1)));
      case "net" -> throw text.problem(chain.get(0).last(), "no ~shs:BASE64KEY follows net");
      default -> skipped.add(names);
    }
  }

  private NetAddress address(Protocol net, Protocol shs) {
    if (net.fields().size() < 2) {
      throw text.problem(net.last(), "the host or the port is missing");
    }
    NetAddress address = NetAddress.of(host(net), port(net.last()), serverKey(shs));
    if (shs.fields().size() == 1) {
      return address;
    }
    byte[] seed = seed(shs);
    try {
      return address.withSeed(seed);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private String host(Protocol net) {
    List<Field> parts = net.fields().subList(0, net.fields().size() - 1);
    String host = parts.stream().map(Field::text).collect(Collectors.joining(":"));
    return Host.checked(host, clause -> text.problem(parts.get(0), clause));
  }

  private int port(Field field) {
    int port = PORT.matcher(field.text()).matches() ? Integer.parseInt(field.text()) : 0;
    if (port == 0 || port > MAX_PORT) {
      throw text.problem(field, "the port must be 1 to " + MAX_PORT + " in plain decimal digits");
    }
    return port;
  }

  private IdentityKey serverKey(Protocol shs) {
    if (shs.fields().isEmpty()) {
      throw text.problem(shs.name(), "the server's key is missing");
    }
    Field field = shs.fields().get(0);
    return IdentityKey.of(
        base64(field, IdentityKey.BYTES, "the server's key, without @ and .ed25519,"));
  }

  private byte[] seed(Protocol shs) {
    if (shs.fields().size() > 2) {
      throw text.problem(shs.fields().get(2), "nothing may follow the seed");
    }
    return base64(shs.fields().get(1), CryptoProvider.SEED_BYTES, "the seed");
  }

  private byte[] base64(Field field, int bytes, String name) {
    byte[] characters = field.text().getBytes(StandardCharsets.US_ASCII);
    try {
      return CanonicalBase64.decode(characters, bytes)
          .orElseThrow(
              () ->
                  text.problem(field, name + " must be the padded base64 of " + bytes + " bytes"));
    } finally {
      Arrays.fill(characters, (byte) 0);
    }
  }
}
