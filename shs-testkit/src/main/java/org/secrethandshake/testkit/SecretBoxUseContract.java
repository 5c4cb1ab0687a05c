package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.secrethandshake.testkit.Bytes.hex;
import static org.secrethandshake.testkit.Bytes.pattern;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/** How a {@link SecretBox} is used: its lifetime, its arguments, and two of them at once. */
public abstract class SecretBoxUseContract {
  private static final int LENGTH = 20;
  private static final int BOX_BYTES = SecretBox.TAG_BYTES + LENGTH;

  /** Called by subclasses. */
  protected SecretBoxUseContract() {}

  /** Returns the provider under test. */
  protected abstract CryptoProvider provider();

  @Test
  void keepsItsOwnCopyOfTheKey() {
    byte[] key = key();
    byte[] array = new byte[BOX_BYTES];
    try (SecretBox box = provider().secretBox(key)) {
      Arrays.fill(key, (byte) 0);
      box.seal(nonce(), array, 0, LENGTH);
    }
    try (SecretBox box = provider().secretBox(key())) {
      assertTrue(box.open(nonce(), array, 0, LENGTH));
    }
  }

  @Test
  void leavesKeyAndNonceAsTheyWere() {
    byte[] key = key();
    byte[] nonce = nonce();
    byte[] array = new byte[BOX_BYTES];
    try (SecretBox box = provider().secretBox(key)) {
      box.seal(nonce, array, 0, LENGTH);
      assertTrue(box.open(nonce, array, 0, LENGTH));
    }
    assertEquals(hex(key()), hex(key));
    assertEquals(hex(nonce()), hex(nonce));
  }

  @Test
  void cannotBeUsedOnceClosed() {
    byte[] array = pattern(16, BOX_BYTES);
    SecretBox box = provider().secretBox(key());
    box.close();
    box.close();

    assertRefusedAs(IllegalStateException.class, () -> box.seal(nonce(), array, 0, LENGTH));
    assertRefusedAs(IllegalStateException.class, () -> box.open(nonce(), array, 0, LENGTH));
    assertEquals(hex(pattern(16, BOX_BYTES)), hex(array));
  }

  @Test
  void doesNotDependOnOtherBoxesBeingOpen() {
    byte[] array = new byte[BOX_BYTES];
    try (SecretBox box = provider().secretBox(key())) {
      box.seal(nonce(), array, 0, LENGTH);
      provider().secretBox(key()).close();

      assertTrue(box.open(nonce(), array, 0, LENGTH));
    }
  }

  @Test
  void refusesAKeyOrNonceOfAnotherLength() {
    Lengths.assertOnly(SecretBox.KEY_BYTES, "key", wrong -> provider().secretBox(wrong).close());
    byte[] array = new byte[BOX_BYTES];
    try (SecretBox box = provider().secretBox(key())) {
      Lengths.assertOnly(
          SecretBox.NONCE_BYTES, "nonce", wrong -> box.seal(wrong, array, 0, LENGTH));
      Lengths.assertOnly(
          SecretBox.NONCE_BYTES, "nonce", wrong -> box.open(wrong, array, 0, LENGTH));
    }
  }

  // BOX_BYTES is 36.
  @ParameterizedTest
  @CsvSource({
    "-1, 20",
    "0, -1",
    "0, -16",
    "0, -17",
    "1, 20",
    "0, 21",
    "20, 1",
    "36, 0",
    "37, -17",
    "-16, 20",
    "2147483647, 0",
    "0, 2147483647",
    "2147483647, 2147483647",
    "-2147483648, 20",
    "0, -2147483648",
    "-2147483648, -2147483648",
    "2147483632, 20",
    "16, 2147483632",
  })
  void refusesABoxThatDoesNotLieWithinTheArray(int offset, int length) {
    byte[] array = pattern(16, BOX_BYTES);
    try (SecretBox box = provider().secretBox(key())) {
      assertRefusedAs(
          IndexOutOfBoundsException.class, () -> box.seal(nonce(), array, offset, length));
      assertRefusedAs(
          IndexOutOfBoundsException.class, () -> box.open(nonce(), array, offset, length));
    }
    assertEquals(hex(pattern(16, BOX_BYTES)), hex(array));
  }

  @Test
  void refusesAnArrayTooShortForATag() {
    byte[] array = new byte[SecretBox.TAG_BYTES - 1];
    try (SecretBox box = provider().secretBox(key())) {
      assertRefusedAs(IndexOutOfBoundsException.class, () -> box.seal(nonce(), array, 0, 0));
      assertRefusedAs(IndexOutOfBoundsException.class, () -> box.open(nonce(), array, 0, 0));
    }
  }

  @Test
  void workBesideEachOtherInOneArray() {
    int boxes = 4;
    int length = 1000;
    int stride = SecretBox.TAG_BYTES + length;
    byte[] array = pattern(17, boxes * stride);
    byte[] alone = array.clone();
    try (SecretBox box = provider().secretBox(key())) {
      for (int i = 0; i < boxes; i++) {
        box.seal(nonce(), alone, i * stride, length);
      }
    }

    // An odd number of seals and one open fewer leave the range sealed.
    Together.run(
        boxes,
        i -> {
          try (SecretBox box = provider().secretBox(key())) {
            box.seal(nonce(), array, i * stride, length);
            for (int round = 0; round < 200; round++) {
              assertTrue(box.open(nonce(), array, i * stride, length));
              box.seal(nonce(), array, i * stride, length);
            }
          }
        });

    assertArrayEquals(alone, array);
  }

  private static void assertRefusedAs(Class<? extends RuntimeException> type, Executable call) {
    RuntimeException thrown = assertThrows(type, call);
    assertTrue(thrown.getMessage() != null, "the exception must say why");
  }

  private static byte[] key() {
    return pattern(14, SecretBox.KEY_BYTES);
  }

  private static byte[] nonce() {
    return pattern(15, SecretBox.NONCE_BYTES);
  }
}
