package org.secrethandshake.identity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.secrethandshake.identity.AddressText.Alternative;
import org.secrethandshake.identity.AddressText.Field;
import org.secrethandshake.identity.AddressText.Protocol;

/**
 * Takes from a multiserver address, or from what holds or stands for one, the alternatives that
 * this library can dial.
 */
final class AddressParser {
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
    Optional<String> inUri = SsbUri.multiserverAddress(text);
    if (inUri.isPresent()) {
      return alternatives(inUri.get());
    }
    Optional<NetAddress> invite = Invite.read(text);
    return invite.isPresent() ? List.of(invite.get()) : alternatives(Invite.withoutPlace(text));
  }

  private static List<NetAddress> alternatives(String text) {
    List<NetAddress> dialable = new ArrayList<>();
    List<Alternative> others = new ArrayList<>();
    for (Alternative alternative : AddressText.read(text)) {
      if (isNetShs(alternative.chain())) {
        dialable.add(netShs(alternative));
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

  /** Reads an alternative that is meant as {@code net~shs}. */
  private static NetAddress netShs(Alternative alternative) {
    if (alternative.forbidden().isPresent()) {
      throw alternative.forbidden().get();
    }
    Protocol net = alternative.chain().get(0);
    Protocol shs = alternative.chain().get(1);
    if (net.fields().size() < 2) {
      throw alternative.problem(net.last(), "the host or the port is missing");
    }
    if (shs.fields().isEmpty()) {
      throw alternative.problem(shs.name(), "the server's key is missing");
    }
    if (shs.fields().size() > 2) {
      throw alternative.problem(shs.fields().get(2), "nothing may follow the seed");
    }
    return new AddressParts(
            host(net),
            net.last(),
            shs.fields().get(0),
            shs.fields().stream().skip(1).findFirst(),
            alternative::problem)
        .address();
  }

  /** All before the port: an IPv6 address has colons of its own. */
  private static Field host(Protocol net) {
    List<Field> parts = net.fields().subList(0, net.fields().size() - 1);
    String host = parts.stream().map(Field::text).collect(Collectors.joining(":"));
    return new Field(host, parts.get(0).position());
  }
}
