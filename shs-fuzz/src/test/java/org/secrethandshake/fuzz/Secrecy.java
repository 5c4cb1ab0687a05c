package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages repeat nothing of a text that could be a secret. */
public final class Secrecy {
  /** What could be the base64 or the hexadecimal digits of a secret, or a part of them. */
  private static final Pattern CODED = Pattern.compile("[A-Za-z0-9+/=]{16,}");

  /** What no text of ours lacks: so long a word is a secret only if it has one of these. */
  private static final Pattern UNLIKE_A_WORD = Pattern.compile("[A-Z0-9+/=]");

  private Secrecy() {}

  public static void assertRepeatsNoSecret(String message, String text) {
    Matcher coded = CODED.matcher(text);
    while (coded.find()) {
      if (UNLIKE_A_WORD.matcher(coded.group()).find()) {
        assertFalse(message.contains(coded.group()), "a message repeats what could be a secret");
      }
    }
  }
}
