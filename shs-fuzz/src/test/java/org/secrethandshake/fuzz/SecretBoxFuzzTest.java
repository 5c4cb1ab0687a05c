package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/** The secretbox in Java beside libsodium's: the same boxes, the same refusals. */
class SecretBoxFuzzTest {
  private static final int LONGEST = 5000;
  private static final int MARGIN = 40;

  static Stream<byte[]> seeds() {
    return IntStream.of(0, 1, 15, 16, 17, 63, 64, 65, 447, 448, 449, 1024, 4095, 4096, 4097)
        .mapToObj(
            length ->
                new byte[] {
                  (byte) (length >> Byte.SIZE), (byte) length, 3, (byte) 0xff, 1, 2, 3, 4
                });
  }

  @MethodSource("seeds")
  @FuzzTest
  void makesAndTakesWhatLibsodiumDoes(byte[] bytes) {
    CryptoProvider libsodium = Backends.libsodium();
    Input input = new Input(bytes);
    int length = input.upTo(LONGEST);
    int offset = input.upTo(MARGIN);
    int pattern = input.upTo(0xff);
    int turned = input.upTo(0xffff);
    byte[] nonce = input.bytes(SecretBox.NONCE_BYTES);
    byte[] key = input.bytes(SecretBox.KEY_BYTES);
    byte[] beginning = input.rest();
    byte[] array = new byte[offset + SecretBox.TAG_BYTES + length + MARGIN];
    Arrays.fill(array, (byte) pattern);
    System.arraycopy(
        beginning, 0, array, offset + SecretBox.TAG_BYTES, Math.min(beginning.length, length));

    byte[] expected = array.clone();
    try (SecretBox box = libsodium.secretBox(key)) {
      box.seal(nonce, expected, offset, length);
    }
    for (CryptoProvider backend : Backends.all()) {
      try (SecretBox box = backend.secretBox(key)) {
        byte[] sealed = array.clone();
        box.seal(nonce, sealed, offset, length);
        assertArrayEquals(expected, sealed, backend.name());

        byte[] altered = sealed.clone();
        int bit = turned % (Byte.SIZE * (SecretBox.TAG_BYTES + length));
        altered[offset + bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        byte[] refused = altered.clone();
        assertFalse(box.open(nonce, refused, offset, length), backend.name());
        assertArrayEquals(altered, refused, backend.name());

        assertTrue(box.open(nonce, sealed, offset, length), backend.name());
        assertEquals(-1, firstDifference(array, sealed, offset), backend.name());
      }
    }
  }

  /** Where two arrays differ, except that nothing is said of what stands where the tag was. */
  private static int firstDifference(byte[] one, byte[] other, int tag) {
    byte[] compared = other.clone();
    System.arraycopy(one, tag, compared, tag, SecretBox.TAG_BYTES);
    return Arrays.mismatch(one, compared);
  }
}
