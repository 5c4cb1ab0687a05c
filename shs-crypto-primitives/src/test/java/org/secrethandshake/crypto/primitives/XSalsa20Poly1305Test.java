package org.secrethandshake.crypto.primitives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.ForkedJava;

/** The whole secretbox against NaCl's answers and Bouncy Castle's, in JVMs of every kind. */
class XSalsa20Poly1305Test {
  /**
   * golang.org/x/crypto, nacl/secretbox/secretbox_test.go: made by the C implementation of NaCl.
   */
  @Test
  void givesTheBoxOfNaCl() {
    byte[] box = new byte[SecretBox.TAG_BYTES + 64];
    Arrays.fill(box, (byte) 3);
    try (SecretBox secretBox = new XSalsa20Poly1305(filled(SecretBox.KEY_BYTES, 1))) {
      secretBox.seal(filled(SecretBox.NONCE_BYTES, 2), box, 0, 64);
    }
    assertEquals(
        "8442bc313f4626f1359e3b50122b6ce6fe66ddfe7d39d14e637eb4fd5b45beadab55198df6ab5368439792a2"
            + "3c87db70acb6156dc5ef957ac04f6276cf6093b84be77ff0849cc33e34b7254d5a8f65ad",
        HexFormat.of().formatHex(box));
  }

  @Test
  void givesTheBoxesOfBouncyCastleForEveryLengthAtOddOffsets() {
    Random random = new Random(1);
    byte[] key = new byte[SecretBox.KEY_BYTES];
    byte[] nonce = new byte[SecretBox.NONCE_BYTES];
    random.nextBytes(key);
    try (SecretBox ours = new XSalsa20Poly1305(key);
        SecretBox theirs = new XSalsa20Poly1305(key)) {
      for (int length = 0; length <= 5000; length++) {
        byte[] message = new byte[length];
        random.nextBytes(message);
        random.nextBytes(nonce);
        RandomBoxes.checkOne(ours, theirs, key, nonce, message, 1 + 2 * (length % 8));
      }
    }
  }

  @Test
  void givesTheBoxesOfBouncyCastleForRandomCalls() {
    RandomBoxes.check(20_000, 2);
  }

  // JVMs that know no such option ignore it: the last four are those of x86.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xint",
        "-XX:TieredStopAtLevel=1",
        "-XX:-TieredCompilation",
        "-XX:-UseSuperWord",
        "-XX:UseAVX=2",
        "-XX:UseAVX=1",
        "-XX:UseAVX=0",
        "-XX:UseSSE=2",
      })
  void isRightInAJvmThatCompilesOtherwise(String option) throws Exception {
    int boxes = option.equals("-Xint") ? 300 : 6000;

    String output =
        ForkedJava.run(
            "-XX:+IgnoreUnrecognizedVMOptions",
            option,
            "-cp",
            ForkedJava.classPath(entry -> true),
            RandomBoxes.class.getName(),
            String.valueOf(boxes),
            "3");

    assertTrue(output.endsWith(boxes + " boxes are right"), output);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 18, 31, 32, 33, 95, 640, 671, 672, 673, 1024, 4096, 4129, 9000})
  void refusesEachAlteredByteAndWritesNothing(int length) {
    byte[] nonce = filled(SecretBox.NONCE_BYTES, 5);
    byte[] array = new byte[SecretBox.TAG_BYTES + length];
    try (SecretBox ours = new XSalsa20Poly1305(filled(SecretBox.KEY_BYTES, 4));
        SecretBox theirs = new XSalsa20Poly1305(filled(SecretBox.KEY_BYTES, 4))) {
      ours.seal(nonce, array, 0, length);
      for (SecretBox box : List.of(ours, theirs)) {
        for (int at = 0; at < array.length; at++) {
          for (int bit = 0; bit < (at < SecretBox.TAG_BYTES ? Byte.SIZE : 1); bit++) {
            byte[] altered = array.clone();
            altered[at] ^= (byte) (1 << (at + bit) % Byte.SIZE);
            byte[] before = altered.clone();
            assertFalse(box.open(nonce, altered, 0, length), "opened with an altered byte " + at);
            assertArrayEquals(before, altered, "refused, but written to");
          }
        }
      }
      assertTrue(theirs.open(nonce, array, 0, length));
    }
  }

  @Test
  void refusesTheBoxOfAnotherNonce() {
    byte[] nonce = filled(SecretBox.NONCE_BYTES, 5);
    byte[] array = new byte[SecretBox.TAG_BYTES + 100];
    try (SecretBox box = new XSalsa20Poly1305(filled(SecretBox.KEY_BYTES, 4))) {
      box.seal(nonce, array, 0, 100);
      for (int at = 0; at < nonce.length; at++) {
        byte[] other = nonce.clone();
        other[at] ^= 1;
        assertFalse(box.open(other, array, 0, 100), "opened with another nonce, byte " + at);
      }
      assertTrue(box.open(nonce, array, 0, 100));
    }
  }

  @Test
  void refusesKeysNoncesAndRangesOfAWrongLength() {
    byte[] nonce = filled(SecretBox.NONCE_BYTES, 5);
    byte[] array = new byte[SecretBox.TAG_BYTES + 9];
    assertThrows(IllegalArgumentException.class, () -> new XSalsa20Poly1305(new byte[31]));
    try (SecretBox box = new XSalsa20Poly1305(filled(SecretBox.KEY_BYTES, 4))) {
      byte[] longNonce = new byte[SecretBox.NONCE_BYTES + 1];
      assertThrows(IllegalArgumentException.class, () -> box.seal(longNonce, array, 0, 9));
      assertThrows(IllegalArgumentException.class, () -> box.open(longNonce, array, 0, 9));
      assertThrows(IndexOutOfBoundsException.class, () -> box.seal(nonce, array, 1, 9));
      assertThrows(IndexOutOfBoundsException.class, () -> box.open(nonce, array, 1, 9));
      assertArrayEquals(new byte[array.length], array, "refused, but written to");
    }
  }

  @Test
  void doesNothingOnceClosed() {
    byte[] nonce = filled(SecretBox.NONCE_BYTES, 5);
    byte[] array = new byte[SecretBox.TAG_BYTES + 9];
    SecretBox box = new XSalsa20Poly1305(filled(SecretBox.KEY_BYTES, 4));
    box.close();
    assertThrows(IllegalStateException.class, () -> box.seal(nonce, array, 0, 9));
    assertThrows(IllegalStateException.class, () -> box.open(nonce, array, 0, 9));
    assertArrayEquals(new byte[array.length], array);
  }

  @Test
  void holdsNothingOnceClosed() throws ReflectiveOperationException {
    XSalsa20Poly1305 box = new XSalsa20Poly1305(filled(SecretBox.KEY_BYTES, 6));
    box.seal(filled(SecretBox.NONCE_BYTES, 7), new byte[SecretBox.TAG_BYTES + 2000], 0, 2000);
    assertTrue(secretWords(box) > 32, "nothing to wipe");

    box.close();

    assertEquals(0, secretWords(box));
  }

  /** Counts what is not zero in the arrays and numbers of a box. */
  private static int secretWords(Object part) throws ReflectiveOperationException {
    int count = 0;
    for (Field field : part.getClass().getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || field.getType() == boolean.class) {
        continue;
      }
      field.setAccessible(true);
      Object value = field.get(part);
      if (value.getClass().isArray()) {
        for (int i = 0; i < Array.getLength(value); i++) {
          count += ((Number) Array.get(value, i)).doubleValue() != 0 ? 1 : 0;
        }
      } else if (value instanceof Long number) {
        count += number != 0 ? 1 : 0;
      } else {
        count += secretWords(value);
      }
    }
    return count;
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
