package org.secrethandshake.identity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.identity.AddressText.Alternative;
import org.secrethandshake.identity.AddressText.Field;
import org.secrethandshake.identity.AddressText.Protocol;
import org.secrethandshake.spi.CryptoProvider;

/** Takes from a multiserver address the alternatives that this library can dial. */
final class AddressParser {
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
  private static final int MAX_PORT = 65535;

  private AddressParser() {}

  /** Returns at least one alternative, or throws what {@link MultiserverAddress#parse} promises. */
  static List<NetAddress> parse(String text) {
    if (text.length() > MultiserverAddress.MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "The multiserver address is longer than "
              + MultiserverAddress.MAX_CHARACTERS
              + " characters; expected "
              + AddressText.FORM);
    }
    List<NetAddress> dialable = new ArrayList<>();
    List<Alternative> others = new ArrayList<>();
    for (Alternative alternative : AddressText.read(text)) {
      if (isNetShs(alternative.chain())) {
        dialable.add(new NetShs(alternative).address());
      } else if (!alternative.isBlank()) {
        others.add(alternative);
      }
    }
    if (dialable.isEmpty()) {
      throw notDialable(text, others);
    }
    return List.copyOf(dialable);
  }

  /**
   * Tells whether an alternative is meant for us. A further protocol makes it another kind, but
   * what is not even the name of one, such as a seed behind a wrong separator, does not.
   */
  private static boolean isNetShs(List<Protocol> chain) {
    return chain.size() >= 2
        && chain.get(0).isMeantAs("net")
        && chain.get(1).isMeantAs("shs")
        && chain.stream().skip(2).noneMatch(Protocol::isName);
  }

  private static IllegalArgumentException notDialable(String text, List<Alternative> others) {
    if (others.isEmpty()) {
      return new IllegalArgumentException(
          "The multiserver address is empty; expected " + AddressText.FORM);
    }
    Optional<String> lookalike = AddressLookalike.of(text);
    if (lookalike.isPresent()) {
      return new IllegalArgumentException(
          "The multiserver address cannot be dialled: " + lookalike.get());
    }
    Set<String> names = new LinkedHashSet<>();
    for (Alternative other : others) {
      if (other.forbidden().isPresent()) {
        return other.forbidden().get();
      }
      if (other.names().equals("net")) {
        return other.problem(other.chain().get(0).last(), "no ~shs:BASE64KEY follows net");
      }
      names.add(other.names());
    }
    return new IllegalArgumentException(
        "The multiserver address cannot be dialled: it is for "
            + String.join(", ", names)
            + ", but this library dials "
            + AddressText.FORM);
  }

  /** An alternative that is meant as {@code net~shs}. */
  private record NetShs(Alternative alternative) {
    NetAddress address() {
      if (alternative.forbidden().isPresent()) {
        throw alternative.forbidden().get();
      }
      Protocol net = alternative.chain().get(0);
      Protocol shs = alternative.chain().get(1);
      if (net.fields().size() < 2) {
        throw alternative.problem(net.last(), "the host or the port is missing");
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
      return Host.checked(host, clause -> alternative.problem(parts.get(0), clause));
    }

    private int port(Field field) {
      int port = PORT.matcher(field.text()).matches() ? Integer.parseInt(field.text()) : 0;
      if (port == 0 || port > MAX_PORT) {
        throw alternative.problem(
            field, "the port must be 1 to " + MAX_PORT + " in plain decimal digits");
      }
      return port;
    }

    private IdentityKey serverKey(Protocol shs) {
      if (shs.fields().isEmpty()) {
        throw alternative.problem(shs.name(), "the server's key is missing");
      }
      Field field = shs.fields().get(0);
      return IdentityKey.of(
          base64(field, IdentityKey.BYTES, "the server's key, without @ and .ed25519,"));
    }

    private byte[] seed(Protocol shs) {
      if (shs.fields().size() > 2) {
        throw alternative.problem(shs.fields().get(2), "nothing may follow the seed");
      }
      return base64(shs.fields().get(1), CryptoProvider.SEED_BYTES, "the seed");
    }

    private byte[] base64(Field field, int bytes, String name) {
      byte[] characters = field.text().getBytes(StandardCharsets.US_ASCII);
      try {
        return CanonicalBase64.decode(characters, bytes)
            .orElseThrow(
                () ->
                    alternative.problem(
                        field, name + " must be the padded base64 of " + bytes + " bytes"));
      } finally {
        Arrays.fill(characters, (byte) 0);
      }
    }
  }
}
