package org.secrethandshake.identity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.secrethandshake.identity.AddressText.Field;

/**
 * The form that addresses and invites had before multiserver: {@code
 * HOST:PORT:@BASE64KEY.ed25519[~BASE64SEED]}. An invite has the seed of the identity that the
 * server lets in, and may end with {@code #} and the place on a web site to go to afterwards, which
 * is not looked at.
 *
 * <p>Messages repeat nothing of the text, any part of which could be the seed.
 */
final class Invite {
  private static final String FORM = "HOST:PORT:@BASE64KEY.ed25519[~BASE64SEED]";

  /** A multiserver address has a ~ before its key, and no @ there. */
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?<where>[^@~;!]+):@(?<key>[^~]*)(?:~(?<seed>[^#]*)(?:#.*)?)?", Pattern.DOTALL);

  private static final String KEY_SUFFIX = ".ed25519";
  private static final String ONION = ".onion";

  private static final Pattern MULTISERVER_WITH_PLACE =
      Pattern.compile("(?<invite>net:[^~;#]+~shs:[^~;:#]+:[^~;:#]+)#.*", Pattern.DOTALL);

  private Invite() {}

  /**
   * Reads such an invite or address.
   *
   * @return empty unless the text is meant as one
   * @throws IllegalArgumentException if it is malformed, or if its host is one of Tor
   */
  static Optional<NetAddress> read(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      return Optional.empty();
    }
    NetAddress address = parts(shape).address();
    if (address.host().endsWith(ONION)) {
      throw new IllegalArgumentException(
          "The invite cannot be dialled: its host is an onion service of Tor, but this library dials "
              + AddressText.FORM);
    }
    return Optional.of(address);
  }

  private static AddressParts parts(Matcher shape) {
    String where = shape.group("where");
    int colon = where.lastIndexOf(':');
    if (colon < 0) {
      throw malformed(new Field(where, 0), "the host or the port is missing");
    }
    Field key = new Field(shape.group("key"), shape.start("key"));
    if (!key.text().endsWith(KEY_SUFFIX)) {
      throw malformed(key, "the server's key must end with " + KEY_SUFFIX);
    }
    String base64 = key.text().substring(0, key.text().length() - KEY_SUFFIX.length());
    return new AddressParts(
        new Field(where.substring(0, colon), 0),
        new Field(where.substring(colon + 1), colon + 1),
        new Field(base64, key.position()),
        Optional.ofNullable(shape.group("seed")).map(seed -> new Field(seed, shape.start("seed"))),
        Invite::malformed);
  }

  /**
   * Returns a multiserver invite without {@code #} and what follows, and any other text as it is.
   */
  static String withoutPlace(String text) {
    Matcher invite = MULTISERVER_WITH_PLACE.matcher(text);
    return invite.matches() ? invite.group("invite") : text;
  }

  private static IllegalArgumentException malformed(Field part, String clause) {
    return new IllegalArgumentException(
        "Malformed invite (character "
            + (part.position() + 1)
            + "): "
            + clause
            + "; expected "
            + FORM);
  }
}
