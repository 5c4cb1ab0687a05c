package org.secrethandshake.crypto.primitives;

import java.util.Arrays;
import java.util.Random;
import org.secrethandshake.spi.SecretBox;

/**
 * Boxes of random keys, nonces, lengths, offsets and messages, sealed and opened, each compared
 * with Bouncy Castle's. A message is random, or made of bytes that are all zeros or all ones.
 *
 * <p>Also a program, for JVMs of other kinds: how many boxes, and a seed.
 */
final class RandomBoxes {
  private static final int BOXES_OF_A_KEY = 50;

  private RandomBoxes() {}

  public static void main(String[] arguments) {
    int boxes = Integer.parseInt(arguments[0]);
    check(boxes, Long.parseLong(arguments[1]));
    System.out.println(boxes + " boxes are right");
  }

  /** Throws an {@link AssertionError} at the first box that differs. */
  static void check(int boxes, long seed) {
    Random random = new Random(seed);
    for (int done = 0; done < boxes; done += BOXES_OF_A_KEY) {
      byte[] key = bytes(random, SecretBox.KEY_BYTES);
      byte[] nonce = bytes(random, SecretBox.NONCE_BYTES);
      try (SecretBox ours = new XSalsa20Poly1305(key);
          SecretBox theirs = new XSalsa20Poly1305(key)) {
        for (int i = 0; i < Math.min(BOXES_OF_A_KEY, boxes - done); i++) {
          // Now and then in the first half, whose subkey is kept from call to call.
          nonce[random.nextInt(SecretBox.NONCE_BYTES)]++;
          checkOne(ours, theirs, key, nonce, message(random), random.nextInt(20));
        }
      }
    }
  }

  /**
   * Seals with one secretbox and opens with another, which has nothing of the box but its bytes.
   */
  static void checkOne(
      SecretBox ours, SecretBox theirs, byte[] key, byte[] nonce, byte[] message, int offset) {
    byte[] expected = BouncyCastleBox.seal(key, nonce, message);
    byte[] array = new byte[offset + expected.length + 7];
    Arrays.fill(array, (byte) 0x77);
    byte[] around = array.clone();
    int from = offset + SecretBox.TAG_BYTES;
    System.arraycopy(message, 0, array, from, message.length);

    ours.seal(nonce, array, offset, message.length);
    System.arraycopy(expected, 0, around, offset, expected.length);
    require(Arrays.equals(around, array), "sealed", message.length, offset);

    require(theirs.open(nonce, array, offset, message.length), "refused", message.length, offset);
    System.arraycopy(message, 0, around, from, message.length);
    require(Arrays.equals(around, array), "opened", message.length, offset);
  }

  private static void require(boolean right, String what, int length, int offset) {
    if (!right) {
      throw new AssertionError(
          "%s bytes at offset %s were %s wrongly".formatted(length, offset, what));
    }
  }

  private static byte[] message(Random random) {
    int bound =
        switch (random.nextInt(8)) {
          case 0 -> 10_000;
          case 1, 2 -> 4200;
          case 3, 4 -> 1200;
          default -> 200;
        };
    byte[] message = bytes(random, random.nextInt(bound));
    switch (random.nextInt(4)) {
      case 0 -> Arrays.fill(message, (byte) 0xff);
      case 1 -> {
        for (int i = 0; i < message.length; i++) {
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
