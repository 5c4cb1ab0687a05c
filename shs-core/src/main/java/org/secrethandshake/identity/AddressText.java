package org.secrethandshake.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of multiserver addresses, read from left to right: alternatives joined by {@code ;},
 * each a chain of protocols joined by {@code ~}, each a name and its fields joined by {@code :}.
 *
 * <p>Every text can be read: what the grammar forbids is noted at its alternative, because it
 * matters only if that alternative is one of ours.
 *
 * <p>Of the text, messages repeat nothing but the names of protocols: where a separator is missing,
 * any other part could be the seed.
 */
final class AddressText {
  /** What this library dials. */
  static final String FORM = "net:HOST:PORT~shs:BASE64KEY[:BASE64SEED]";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern NOT_VISIBLE = Pattern.compile("[^!-~]");
  private static final String SEPARATORS = ":~;";
  private static final char ESCAPE = '!';

  /** A part of the text with its escapes resolved, and where it begins. */
  record Field(String text, int position) {}

  /** A protocol's name and the fields that follow it. */
  record Protocol(Field name, List<Field> fields) {
    Field last() {
      return fields.isEmpty() ? name : fields.get(fields.size() - 1);
    }

    /** Tells whether this is a protocol's name, also where letter case or a blank spoils it. */
    boolean isMeantAs(String known) {
      return name.text().equals(known)
          || (!isName() && visible(name.text()).toLowerCase(Locale.ROOT).equals(known));
    }

    private static String visible(String text) {
      return NOT_VISIBLE.matcher(text).replaceAll("");
    }

    boolean isName() {
      return NAME.matcher(name.text()).matches();
    }
  }

  /**
   * One alternative.
   *
   * @param number counted from 1
   * @param forbidden the first thing in it that the grammar forbids
   */
  record Alternative(
      int number, List<Protocol> chain, Optional<IllegalArgumentException> forbidden) {
    /** The names of the protocols; only for an alternative in which nothing is forbidden. */
    String names() {
      return chain.stream()
          .map(protocol -> protocol.name().text())
          .collect(Collectors.joining("~"));
    }

    /** Tells whether nothing stands between two separators. */
    boolean isBlank() {
      Protocol first = chain.get(0);
      return chain.size() == 1 && first.fields().isEmpty() && first.name().text().isBlank();
    }

    /** Returns an error about one of its fields. */
    IllegalArgumentException problem(Field where, String clause) {
      return AddressText.problem(number, where.position(), clause);
    }
  }

  private final String text;
  private int position;
  private int alternative;
  private @Nullable IllegalArgumentException forbidden;

  private AddressText(String text) {
    this.text = text;
  }

  /** Reads all alternatives, at least one. */
  static List<Alternative> read(String text) {
    AddressText reader = new AddressText(text);
    List<Alternative> alternatives = new ArrayList<>();
    do {
      alternatives.add(reader.nextAlternative());
    } while (reader.skip(';'));
    return alternatives;
  }

  private Alternative nextAlternative() {
    alternative++;
    forbidden = null;
    List<Protocol> chain = new ArrayList<>();
    do {
      chain.add(protocol());
    } while (skip('~'));
    return new Alternative(alternative, chain, Optional.ofNullable(forbidden));
  }

  private Protocol protocol() {
    Field name = field();
    List<Field> fields = new ArrayList<>();
    Protocol protocol = new Protocol(name, fields);
    if (!protocol.isName()) {
      forbid(name.position(), "the name of a protocol, such as net or shs, must stand here");
    }
    while (skip(':')) {
      fields.add(field());
    }
    return protocol;
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
      forbid(start, "an address has no spaces and nothing outside visible ASCII");
    }
    if (c != ESCAPE) {
      return c;
    }
    if (position == text.length() || !isEscapable(text.charAt(position))) {
      forbid(start, "the escape ! must be followed by ! or : or ~ or ;");
      return c;
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

  private void forbid(int where, String clause) {
    if (forbidden == null) {
      forbidden = problem(alternative, where, clause);
    }
  }

  private static IllegalArgumentException problem(int alternative, int where, String clause) {
    return new IllegalArgumentException(
        "Malformed multiserver address (alternative "
            + alternative
            + ", character "
            + (where + 1)
            + "): "
            + clause
            + "; expected "
            + FORM);
  }
}
