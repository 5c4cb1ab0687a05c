package org.secrethandshake.fuzz;

/** The spellings of base64 that decoders let pass and this library must not. */
final class Spelling {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private Spelling() {}

  /** The same bytes with another last digit, of which a decoder ignores the lowest bits. */
  static String misspelled(String base64) {
    int last = base64.indexOf('=') - 1;
    char other = DIGITS.charAt(DIGITS.indexOf(base64.charAt(last)) + 1);
    return base64.substring(0, last) + other + base64.substring(last + 1);
  }
}
