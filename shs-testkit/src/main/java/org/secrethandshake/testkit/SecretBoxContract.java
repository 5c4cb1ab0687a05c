package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.secrethandshake.testkit.Bytes.bytes;
import static org.secrethandshake.testkit.Bytes.hex;
import static org.secrethandshake.testkit.Bytes.pattern;
import static org.secrethandshake.testkit.Bytes.withBitFlipped;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/** XSalsa20-Poly1305: what a box contains, where it stands, and what does not open. */
public abstract class SecretBoxContract {
  private static final int LARGEST_OFFSET = 64;

  /** Called by subclasses. */
  protected SecretBoxContract() {}

  /** Returns the provider under test. */
  protected abstract CryptoProvider provider();

  // "Cryptography in NaCl", sections 8 to 10: key, nonce, message, box (tests/secretbox.c of NaCl).
  @Test
  void givesTheBoxOfTheNaclPaper() {
    byte[] key = bytes("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
    byte[] nonce = bytes("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
    String message =
        "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d4"
            + "5e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1"
            + "318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f93776384864"
            + "5e0705";
    String box =
        "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c5"
            + "31a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7"
            + "cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b3"
            + "7973f622a43d14a6599b1f654cb45a74e355a5";
    byte[] array = bytes("00".repeat(SecretBox.TAG_BYTES) + message);
    int length = array.length - SecretBox.TAG_BYTES;
    try (SecretBox secretBox = provider().secretBox(key)) {
      secretBox.seal(nonce, array, 0, length);
      assertEquals(box, hex(array));

      assertTrue(secretBox.open(nonce, array, 0, length));
      assertEquals(message, hex(array).substring(2 * SecretBox.TAG_BYTES));
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 15, 16, 17, 18, 31, 32, 33, 63, 64, 65, 96, 97, 255, 4095, 4096, 4097, 65_535})
  void worksInPlaceAtEveryOffsetAndTouchesNothingElse(int length) {
    byte[] sealed = seal(pattern(13, SecretBox.TAG_BYTES + length));
    try (SecretBox box = provider().secretBox(key())) {
      for (int offset = 0; offset <= LARGEST_OFFSET; offset++) {
        byte[] before = pattern(13, offset + sealed.length + LARGEST_OFFSET);
        System.arraycopy(
            pattern(13, sealed.length), 0, before, offset, sealed.length); // the same plaintext
        byte[] array = before.clone();

        box.seal(nonce(), array, offset, length);
        assertArrayEquals(withRange(before, offset, sealed), array, "sealed at " + offset);

        assertTrue(box.open(nonce(), array, offset, length));
        assertPlaintext(before, array, offset, length);
      }
    }
  }

  @Test
  void worksInsideALargeArray() {
    int length = 4096;
    int offset = 777_777;
    byte[] array = new byte[1 << 20];
    byte[] sealed = seal(new byte[SecretBox.TAG_BYTES + length]);
    try (SecretBox box = provider().secretBox(key())) {
      box.seal(nonce(), array, offset, length);
      assertArrayEquals(withRange(new byte[array.length], offset, sealed), array);

      assertTrue(box.open(nonce(), array, offset, length));
      assertPlaintext(new byte[array.length], array, offset, length);
    }
  }

  // Eight bytes stay the same by chance once in 2^64.
  @ParameterizedTest
  @ValueSource(ints = {8, 15, 16, 31, 32, 33, 63, 64, 65, 96, 100, 4096, 4097})
  void leavesNoPlaintextBehind(int length) {
    byte[] plaintext = pattern(13, SecretBox.TAG_BYTES + length);

    byte[] sealed = seal(plaintext);

    for (int end = SecretBox.TAG_BYTES + Long.BYTES; end <= sealed.length; end++) {
      int start = end - Long.BYTES;
      assertFalse(
          Arrays.equals(plaintext, start, end, sealed, start, end),
          () -> "plaintext still stands at " + (start - SecretBox.TAG_BYTES));
    }
  }

  @Test
  void doesNotOpenWithAnyBitFlippedAndThenLeavesTheArrayAsItWas() {
    byte[] sealed = seal(pattern(13, SecretBox.TAG_BYTES + 50));
    try (SecretBox box = provider().secretBox(key())) {
      for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
        byte[] flipped = withBitFlipped(sealed, bit);
        assertRefused(
            box, nonce(), flipped, flipped.length - SecretBox.TAG_BYTES, bitOfTheBox(bit));
      }
    }
  }

  @Test
  void doesNotOpenWithAnotherNonceOrKeyOrLength() {
    byte[] sealed = seal(pattern(13, SecretBox.TAG_BYTES + 50));
    try (SecretBox box = provider().secretBox(key());
        SecretBox other = provider().secretBox(withBitFlipped(key(), 255))) {
      for (int bit = 0; bit < nonce().length * Byte.SIZE; bit++) {
        assertRefused(box, withBitFlipped(nonce(), bit), sealed, 50, "bit of the nonce " + bit);
      }
      assertRefused(other, nonce(), sealed, 50, "another key");
      assertRefused(box, nonce(), sealed, 49, "one byte less");
      assertRefused(box, nonce(), sealed, 0, "no message");
    }
  }

  @Test
  void opensAfterARefusal() {
    byte[] sealed = seal(pattern(13, SecretBox.TAG_BYTES + 50));
    try (SecretBox box = provider().secretBox(key())) {
      assertFalse(box.open(nonce(), withBitFlipped(sealed, 0), 0, 50));
      assertTrue(box.open(nonce(), sealed, 0, 50));
    }
  }

  @Test
  void servesNoncesInAnyOrder() {
    int length = 20;
    try (SecretBox box = provider().secretBox(key())) {
      for (int label : new int[] {1, 2, 1, 3, 3, 1}) {
        byte[] nonce = pattern(label, SecretBox.NONCE_BYTES);
        byte[] array = pattern(13, SecretBox.TAG_BYTES + length);
        byte[] fresh = array.clone();
        box.seal(nonce, array, 0, length);
        try (SecretBox unused = provider().secretBox(key())) {
          unused.seal(nonce, fresh, 0, length);
        }
        assertArrayEquals(fresh, array, "nonce " + label);
      }
    }
  }

  private byte[] seal(byte[] array) {
    byte[] sealed = array.clone();
    try (SecretBox box = provider().secretBox(key())) {
      box.seal(nonce(), sealed, 0, sealed.length - SecretBox.TAG_BYTES);
    }
    return sealed;
  }

  private static byte[] withRange(byte[] array, int offset, byte[] range) {
    byte[] result = array.clone();
    System.arraycopy(range, 0, result, offset, range.length);
    return result;
  }

  // What stands where the tag was is not said: everything else is as before sealing.
  private static void assertPlaintext(byte[] before, byte[] array, int offset, int length) {
    byte[] expected =
        withRange(before, offset, Arrays.copyOfRange(array, offset, offset + SecretBox.TAG_BYTES));
    assertArrayEquals(expected, array, () -> length + " bytes opened at " + offset);
  }

  private static void assertRefused(
      SecretBox box, byte[] nonce, byte[] sealed, int length, String reason) {
    byte[] array = sealed.clone();
    assertFalse(box.open(nonce, array, 0, length), () -> "opened all the same: " + reason);
    assertArrayEquals(sealed, array, () -> "refused, but written to: " + reason);
  }

  private static String bitOfTheBox(int bit) {
    int ofCiphertext = bit - SecretBox.TAG_BYTES * Byte.SIZE;
    return ofCiphertext < 0 ? "bit of the tag " + bit : "bit of the ciphertext " + ofCiphertext;
  }

  private static byte[] key() {
    return pattern(11, SecretBox.KEY_BYTES);
  }

  private static byte[] nonce() {
    return pattern(12, SecretBox.NONCE_BYTES);
  }
}
