package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages repeat nothing of a text that could be a secret. */
public final class Secrecy {
  /** What could be the base64 or the hexadecimal digits of a secret, or a part of them. */
  private static final Pattern CODED = Pattern.compile("[A-Za-z0-9+/=]{16,}");

  /** What could also be the name of a protocol, which messages may repeat; no seed is so short. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{0,32}");

  private Secrecy() {}

  public static void assertRepeatsNoSecret(String message, String text) {
    Matcher coded = CODED.matcher(text);
    while (coded.find()) {
      if (!NAME.matcher(coded.group()).matches()) {
        assertFalse(message.contains(coded.group()), "a message repeats what could be a secret");
      }
    }
  }
}
