package org.secrethandshake.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The grammar of multiserver addresses, read from left to right: alternatives joined by {@code ;},
 * each a chain of protocols joined by {@code ~}, each a name and its fields joined by {@code :}.
 *
 * <p>Of the text, messages repeat nothing but the names of protocols: where a separator is missing,
 * any other part could be the seed.
 */
final class AddressText {
  /** What this library dials. */
  static final String FORM = "net:HOST:PORT~shs:BASE64KEY[:BASE64SEED]";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final String SEPARATORS = ":~;";
  private static final char ESCAPE = '!';

  /** A part of the text with its escapes resolved, and where it begins. */
  record Field(String text, int position) {}

  /** A protocol's name and the fields that follow it. */
  record Protocol(Field name, List<Field> fields) {
    Field last() {
      return fields.isEmpty() ? name : fields.get(fields.size() - 1);
    }
  }

  private final String text;
  private int position;
  private int alternative;

  AddressText(String text) {
    this.text = text;
  }

  /** Reads the protocols of the next alternative. */
  List<Protocol> nextChain() {
    alternative++;
    List<Protocol> chain = new ArrayList<>();
    do {
      chain.add(protocol());
    } while (skip('~'));
    return chain;
  }

  /** Goes on to the next alternative, if there is one. */
  boolean more() {
    return skip(';');
  }

  static String names(List<Protocol> chain) {
    return chain.stream().map(protocol -> protocol.name().text()).collect(Collectors.joining("~"));
  }

  /** Returns an error about a field of the alternative that was read last. */
  IllegalArgumentException problem(Field where, String clause) {
    return problem(where.position(), clause);
  }

  private Protocol protocol() {
    Field name = field();
    if (!NAME.matcher(name.text()).matches()) {
      throw problem(name, "the name of a protocol, such as net or shs, must stand here");
    }
    List<Field> fields = new ArrayList<>();
    while (skip(':')) {
      fields.add(field());
    }
    return new Protocol(name, fields);
  }

  private Field field() {
    int start = position;
    StringBuilder characters = new StringBuilder();
    while (position < text.length() && SEPARATORS.indexOf(text.charAt(position)) < 0) {
      characters.append(character());
    }
    return new Field(characters.toString(), start);
  }

  private char character() {
    int start = position;
    char c = text.charAt(position++);
    if (c <= ' ' || c > '~') {
      throw problem(start, "an address has no spaces and nothing outside visible ASCII");
    }
    if (c != ESCAPE) {
      return c;
    }
    if (position == text.length() || !isEscapable(text.charAt(position))) {
      throw problem(start, "the escape ! must be followed by ! or : or ~ or ;");
    }
    return text.charAt(position++);
  }

  private static boolean isEscapable(char c) {
    return c == ESCAPE || SEPARATORS.indexOf(c) >= 0;
  }

  private boolean skip(char separator) {
    boolean found = position < text.length() && text.charAt(position) == separator;
    if (found) {
      position++;
    }
    return found;
  }

  private IllegalArgumentException problem(int where, String clause) {
    return new IllegalArgumentException(
        "Malformed multiserver address (alternative %d, character %d): %s; expected %s"
            .formatted(alternative, where + 1, clause, FORM));
  }
}
