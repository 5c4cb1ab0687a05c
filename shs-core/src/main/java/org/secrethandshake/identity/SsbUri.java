package org.secrethandshake.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI of Scuttlebutt that says where a server is: {@code
 * ssb:address/multiserver?multiserverAddress=...} or {@code
 * ssb:experimental?action=...&multiserverAddress=...}, both also with {@code //} behind {@code
 * ssb:}, or the older spelling {@code ssb:address:multiserver?...}. Other parameters are not looked
 * at.
 *
 * <p>Messages repeat nothing of the text, whose address may hold a seed.
 */
final class SsbUri {
  private static final Pattern SHAPE =
      Pattern.compile("(?i:ssb):(?<path>[^?#]*)(?:\\?(?<query>[^#]*))?(?:#.*)?", Pattern.DOTALL);

  private static final Pattern PATH =
      Pattern.compile("(?://)?(?:address/multiserver|experimental)/?|address:multiserver");

  private static final String PARAMETER = "multiserverAddress=";
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})?");
  private static final int HEXADECIMAL = 16;

  private SsbUri() {}

  /**
   * Returns the multiserver address in a URI, decoded and not yet looked at.
   *
   * @return empty unless the text begins with {@code ssb:}
   * @throws IllegalArgumentException if it does, and holds no address, or more than one, or one
   *     that is not percent-encoded
   */
  static Optional<String> multiserverAddress(String text) {
    Matcher uri = SHAPE.matcher(text);
    if (!uri.matches()) {
      return Optional.empty();
    }
    if (!PATH.matcher(uri.group("path")).matches()) {
      throw problem("it is for something else than an address, such as a feed or a message");
    }
    List<String> values = values(Optional.ofNullable(uri.group("query")).orElse(""));
    if (values.isEmpty()) {
      throw problem("it holds no multiserver address");
    }
    if (values.size() > 1) {
      throw problem("it holds more than one parameter multiserverAddress");
    }
    return Optional.of(decoded(values.get(0)));
  }

  private static List<String> values(String query) {
    return Arrays.stream(query.split("&"))
        .filter(parameter -> parameter.startsWith(PARAMETER))
        .map(parameter -> parameter.substring(PARAMETER.length()))
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** A {@code +} stays one, because keys have it and addresses have no space. */
  private static String decoded(String value) {
    return ESCAPE
        .matcher(value)
        .replaceAll(
            escape -> {
              if (escape.group(1) == null) {
                throw problem(
                    "in its parameter multiserverAddress, a % is not followed by two hexadecimal"
                        + " digits");
              }
              char character = (char) Integer.parseInt(escape.group(1), HEXADECIMAL);
              return Matcher.quoteReplacement(String.valueOf(character));
            });
  }

  private static IllegalArgumentException problem(String clause) {
    return new IllegalArgumentException(
        "The ssb: URI cannot be dialled: "
            + clause
            + "; expected ssb:address/multiserver?multiserverAddress=ADDRESS, where ADDRESS is the"
            + " percent-encoded "
            + AddressText.FORM);
  }
}
