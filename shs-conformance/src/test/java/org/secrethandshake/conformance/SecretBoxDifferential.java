package org.secrethandshake.conformance;

import com.sun.jna.Library;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/**
 * Boxes of a backend beside those of libsodium's own {@code crypto_secretbox_easy}: random keys,
 * nonces, offsets and lengths, messages that are random or made of zeros and ones; each is sealed,
 * compared, opened, and refused with one bit turned.
 *
 * <p>Also a program, to run for long: the name of a backend, seconds, and a seed.
 */
final class SecretBoxDifferential {
  private static final int BOXES_OF_A_KEY = 200;
  private static final int MOST_BYTES = 10_000;

  /** A mapping of our own: the backend's goes the way that is to be compared. */
  @SuppressWarnings("MethodName") // the names are those of the C symbols
  interface Functions extends Library {
    int sodium_init();

    int crypto_secretbox_easy(byte[] box, byte[] message, long bytes, byte[] nonce, byte[] key);
  }

  private final CryptoProvider backend;
  private final Functions libsodium;

  SecretBoxDifferential(CryptoProvider backend) {
    this.backend = backend;
    libsodium = LibsodiumBehind.load(CryptoProviders.named("sodium"), Functions.class);
    if (libsodium.sodium_init() < 0) {
      throw new AssertionError("libsodium did not initialise itself");
    }
  }

  public static void main(String[] arguments) {
    CryptoProvider backend = CryptoProviders.named(arguments[0]);
    SecretBoxDifferential differential = new SecretBoxDifferential(backend);
    long seed = Long.parseLong(arguments[2]);
    Random random = new Random(seed);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[1]));
    long boxes = 0;
    while (System.nanoTime() < end) {
      differential.checkKey(random);
      boxes += BOXES_OF_A_KEY;
    }
    System.out.printf("%s: %s boxes, 0 differences, seed %s%n", backend.name(), boxes, seed);
  }

  /** Compares at least so many boxes. */
  void checkRandom(int boxes, long seed) {
    Random random = new Random(seed);
    for (int done = 0; done < boxes; done += BOXES_OF_A_KEY) {
      checkKey(random);
    }
  }

  /** Compares a box of each length up to one, each at an odd offset. */
  void checkEveryLength(int most, long seed) {
    Random random = new Random(seed);
    byte[] key = bytes(random, SecretBox.KEY_BYTES);
    try (SecretBox box = backend.secretBox(key)) {
      for (int length = 0; length <= most; length++) {
        check(box, key, bytes(random, SecretBox.NONCE_BYTES), length, 1 + 2 * (length % 9), random);
      }
    }
  }

  private void checkKey(Random random) {
    byte[] key = bytes(random, SecretBox.KEY_BYTES);
    byte[] nonce = bytes(random, SecretBox.NONCE_BYTES);
    try (SecretBox box = backend.secretBox(key)) {
      for (int i = 0; i < BOXES_OF_A_KEY; i++) {
        // Mostly in the second half, as a stream of packets counts; a subkey belongs to the first.
        nonce[random.nextInt(8) == 0 ? random.nextInt(16) : 16 + random.nextInt(8)]++;
        check(box, key, nonce, length(random), random.nextInt(40), random);
      }
    }
  }

  private void check(
      SecretBox box, byte[] key, byte[] nonce, int length, int offset, Random random) {
    byte[] message = message(random, length);
    byte[] expected = new byte[SecretBox.TAG_BYTES + length];
    libsodium.crypto_secretbox_easy(expected, message, length, nonce, key);
    byte[] array = bytes(random, offset + expected.length + random.nextInt(20));
    System.arraycopy(message, 0, array, offset + SecretBox.TAG_BYTES, length);
    byte[] opened = array.clone();
    byte[] sealed = array.clone();
    System.arraycopy(expected, 0, sealed, offset, expected.length);

    box.seal(nonce, array, offset, length);
    require(Arrays.equals(sealed, array), "sealed wrongly", length, offset);

    int bit = random.nextInt(Byte.SIZE * expected.length);
    array[offset + bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    byte[] altered = array.clone();
    require(!box.open(nonce, array, offset, length), "opened with an error", length, offset);
    require(Arrays.equals(altered, array), "refused, but written to,", length, offset);

    System.arraycopy(expected, 0, array, offset, expected.length);
    require(box.open(nonce, array, offset, length), "refused", length, offset);
    // What stands where the tag was is not said.
    System.arraycopy(array, offset, opened, offset, SecretBox.TAG_BYTES);
    require(Arrays.equals(opened, array), "opened wrongly", length, offset);
  }

  private void require(boolean right, String what, int length, int offset) {
    if (!right) {
      throw new AssertionError(
          "%s: %s bytes at offset %s were %s".formatted(backend.name(), length, offset, what));
    }
  }

  private static int length(Random random) {
    int bound =
        switch (random.nextInt(8)) {
          case 0 -> MOST_BYTES;
          case 1, 2 -> 4200;
          case 3, 4 -> 1200;
          default -> 200;
        };
    return random.nextInt(bound);
  }

  private static byte[] message(Random random, int length) {
    byte[] message = bytes(random, length);
    switch (random.nextInt(4)) {
      case 0 -> Arrays.fill(message, (byte) 0xff);
      case 1 -> {
        for (int i = 0; i < length; i++) {
          message[i] = (byte) (message[i] >> 7);
        }
      }
      default -> {
        // stays random
      }
    }
    return message;
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
