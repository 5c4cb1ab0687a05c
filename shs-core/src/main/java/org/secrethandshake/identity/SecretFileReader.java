package org.secrethandshake.identity;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads the one JSON object of a key file: none but the given fields, each at most once and a
 * string of visible ASCII, with comments from {@code #} to the end of a line.
 *
 * <p>Works on byte arrays, because one of the strings is secret. Closing wipes the file's content
 * and every value. Messages give the line, never its text.
 */
final class SecretFileReader implements AutoCloseable {
  private static final String BLANKS = " \t\r\n";
  private static final String ESCAPED_AS_THEMSELVES = "\"\\/";
  private static final int HEX_DIGITS = 4;

  private final Path file;
  private final byte[] content;
  private final Map<String, byte[]> values = new HashMap<>();
  private int position;

  /** Takes over the content. */
  SecretFileReader(Path file, byte[] content) {
    this.file = file;
    this.content = content;
  }

  /** Reads the whole content, which may hold these fields and no others. */
  void read(List<String> fields) throws InvalidSecretFileException {
    requirePlainText();
    skipBlanksAndComments();
    expect('{', "a JSON object");
    do {
      member(fields);
    } while (skip(','));
    expect('}', "the object's end or another field");
    if (position < content.length) {
      throw problem("something follows the JSON object");
    }
  }

  /** Returns the value of a field; closing wipes it. */
  byte[] value(String field) throws InvalidSecretFileException {
    return optional(field).orElseThrow(() -> invalid("the field '" + field + "' is missing"));
  }

  /** Returns the value of a field that may be missing; closing wipes it. */
  Optional<byte[]> optional(String field) {
    return Optional.ofNullable(values.get(field));
  }

  /** Returns an error that names the file and the problem. */
  InvalidSecretFileException invalid(String problem) {
    return new InvalidSecretFileException(file, problem);
  }

  @Override
  public void close() {
    Arrays.fill(content, (byte) 0);
    values.values().forEach(value -> Arrays.fill(value, (byte) 0));
  }

  private void requirePlainText() throws InvalidSecretFileException {
    if (content.length == 0) {
      throw invalid("it is empty");
    }
    if (startsWith(0xef, 0xbb, 0xbf)) {
      throw invalid("it begins with a byte order mark; save it as UTF-8 without one (without BOM)");
    }
    if (startsWith(0xff, 0xfe) || startsWith(0xfe, 0xff) || holdsZero()) {
      throw invalid("it is UTF-16 or is not text at all; save it as UTF-8 without byte order mark");
    }
  }

  private boolean startsWith(int... bytes) {
    return content.length >= bytes.length
        && IntStream.range(0, bytes.length).allMatch(i -> (content[i] & 0xff) == bytes[i]);
  }

  private boolean holdsZero() {
    return IntStream.range(0, content.length).anyMatch(i -> content[i] == 0);
  }

  private void member(List<String> fields) throws InvalidSecretFileException {
    String name = new String(string("the name of a field"), StandardCharsets.US_ASCII);
    if (!fields.contains(name)) {
      throw invalid(
          "line "
              + line()
              + " has a field that is unknown; a key file has only the fields "
              + String.join(", ", fields));
    }
    if (values.containsKey(name)) {
      throw problem("the field '" + name + "' appears twice");
    }
    expect(':', "a colon");
    values.put(name, string("a string"));
  }

  private byte[] string(String expected) throws InvalidSecretFileException {
    if (!isAt('"')) {
      throw missing(expected);
    }
    position++;
    byte[] characters = new byte[content.length - position];
    try {
      int length = 0;
      while (!isAt('"')) {
        characters[length++] = character();
      }
      expect('"', "a quote");
      return Arrays.copyOf(characters, length);
    } finally {
      Arrays.fill(characters, (byte) 0);
    }
  }

  private byte character() throws InvalidSecretFileException {
    int c = next();
    if (c == '\\') {
      c = escaped();
    }
    if (c <= ' ' || c > '~') {
      throw problem("a string holds a character that does not occur in keys");
    }
    return (byte) c;
  }

  private int escaped() throws InvalidSecretFileException {
    int c = next();
    if (c != 'u') {
      return ESCAPED_AS_THEMSELVES.indexOf(c) < 0 ? -1 : c;
    }
    int character = 0;
    for (int i = 0; i < HEX_DIGITS; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw problem("an escape is malformed");
      }
      character = character << 4 | digit;
    }
    return character;
  }

  private int next() throws InvalidSecretFileException {
    if (position == content.length) {
      throw missing("more");
    }
    return content[position++];
  }

  private void expect(char token, String name) throws InvalidSecretFileException {
    if (!skip(token)) {
      throw missing(name);
    }
  }

  private boolean skip(char token) {
    boolean found = isAt(token);
    if (found) {
      position++;
      skipBlanksAndComments();
    }
    return found;
  }

  private void skipBlanksAndComments() {
    boolean comment = false;
    while (position < content.length) {
      byte c = content[position];
      comment = comment ? c != '\n' : c == '#';
      if (!comment && BLANKS.indexOf(c) < 0) {
        return;
      }
      position++;
    }
  }

  private boolean isAt(char token) {
    return position < content.length && content[position] == token;
  }

  private InvalidSecretFileException missing(String name) {
    return problem(position == content.length ? "the file ends too early" : "expected " + name);
  }

  private InvalidSecretFileException problem(String what) {
    return invalid(what + " (line " + line() + ")");
  }

  private long line() {
    return 1 + IntStream.range(0, position).filter(i -> content[i] == '\n').count();
  }
}
