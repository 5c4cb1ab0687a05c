package org.secrethandshake.crypto.primitives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.crypto.primitives.Trace.Run;
import org.secrethandshake.spi.SecretBox;

/**
 * Secretbox takes the same branches and touches the same elements of its arrays whatever the key,
 * the message and the tag are, down to its byte code. What the JVM makes of the byte code is not
 * seen, nor the time of an instruction.
 */
class SecretIndependenceTest {
  private static final int TAG = SecretBox.TAG_BYTES;
  private static final long SEED = 20261128;

  private static final ClassLoader OBSERVED = new ObservedClasses(Leaks.class);

  /** Lengths around each change of the way: none, one block, lanes of both widths, and rests. */
  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 15, 16, 31, 32, 33, 96, 160, 256, 448, 480, 1024, 1056, 1500, 4064, 4096, 5000})
  void takesOnePathForMessagesOfOneLength(int length) throws Exception {
    Random random = new Random(SEED + length);
    byte[] nonce = new byte[SecretBox.NONCE_BYTES];
    random.nextBytes(nonce);
    sealed(random, nonce, new byte[length]);
    Run sealed = sealed(random, nonce, new byte[length]);
    Run opened = opened(random, nonce, new byte[length]);
    assertTrue(sealed.events().length > 100, "nothing was observed");
    for (int run = 0; run < 6; run++) {
      byte[] message = new byte[length];
      switch (run) {
        case 0 -> Arrays.fill(message, (byte) 0xff);
        case 1 -> Arrays.fill(message, (byte) 0x7f);
        default -> random.nextBytes(message);
      }
      assertNull(sealed.differenceTo(sealed(random, nonce, message)));
      assertNull(opened.differenceTo(opened(random, nonce, message)));
      nonce[SecretBox.NONCE_BYTES - 1]++;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 448, 4096})
  void takesOnePathWhicheverByteOfATagIsWrong(int length) throws Exception {
    byte[] nonce = new byte[SecretBox.NONCE_BYTES];
    byte[] box = new byte[TAG + length];
    try (SecretBox secretBox = box(new byte[SecretBox.KEY_BYTES])) {
      secretBox.seal(nonce, box, 0, length);
      byte[] wrong = box.clone();
      wrong[0] ^= 1;
      assertFalse(secretBox.open(nonce, wrong, 0, length));
      Run first = Trace.of(() -> assertFalse(secretBox.open(nonce, wrong, 0, length)));
      for (int at = 1; at < TAG; at++) {
        byte[] other = box.clone();
        other[at] ^= (byte) (1 << at % Byte.SIZE);
        Run run = Trace.of(() -> assertFalse(secretBox.open(nonce, other, 0, length)));
        assertNull(first.differenceTo(run), "byte " + at);
      }
    }
  }

  /** The sums are r times the block: 2^130 - 2, 2^130 - 6 and 2^129 - 1, with p = 2^130 - 5. */
  @Test
  void authenticatesAlongOnePathOnBothSidesOfThePrime() throws Exception {
    Run above = authenticated(2, "ff".repeat(16));
    assertNull(above.differenceTo(authenticated(2, "fd" + "ff".repeat(15))));
    assertNull(above.differenceTo(authenticated(1, "ff".repeat(16))));
  }

  /** What it hands to others: only {@code isEqual} compares, and nothing else decides anything. */
  @Test
  void callsNothingWhoseTimeDependsOnASecret() throws Exception {
    byte[] nonce = new byte[SecretBox.NONCE_BYTES];
    Random random = new Random(SEED);
    opened(random, nonce, new byte[5000]);
    Set<String> calls = new TreeSet<>(opened(random, nonce, new byte[5000]).calls());
    calls.addAll(sealed(random, nonce, new byte[5000]).calls());
    assertEquals(
        Set.of(
            "Arguments.requireBox",
            "Arrays.fill",
            "AtomicReferenceArray.getAndSet",
            "AtomicReferenceArray.lazySet",
            "Double.doubleToRawLongBits",
            "Integer.rotateLeft",
            "Math.min",
            "Math.multiplyHigh",
            "MessageDigest.isEqual",
            "System.arraycopy",
            "Thread.currentThread",
            "Thread.getId"),
        calls);
  }

  /** The watch itself: each way in which a secret shows. */
  @Test
  void aSecretThatShowsIsSeen() throws Exception {
    Class<?> type = OBSERVED.loadClass(Leaks.class.getName());
    for (Method leak : Leaks.class.getDeclaredMethods()) {
      Method observed = type.getDeclaredMethod(leak.getName(), int[].class, int.class);
      observed.setAccessible(true);
      Run zero = Trace.of(() -> observed.invoke(null, new int[8], 0));
      Run same = Trace.of(() -> observed.invoke(null, new int[8], 0));
      Run five = Trace.of(() -> observed.invoke(null, new int[8], 5));
      assertNull(zero.differenceTo(same), leak.getName());
      assertNotNull(zero.differenceTo(five), leak.getName());
    }
  }

  /** Each shows its secret in one way. */
  static final class Leaks {
    private Leaks() {}

    static int byABranch(int[] array, int secret) {
      return secret == 0 ? 1 : 2;
    }

    static int byTheTurnsOfALoop(int[] array, int secret) {
      int sum = 0;
      int i = 0;
      do {
        sum += i;
      } while (i++ < secret);
      return sum;
    }

    static int byAnIndex(int[] array, int secret) {
      return array[secret];
    }

    static void byAnIndexWrittenTo(int[] array, int secret) {
      array[secret] = 1;
    }

    static int byADivision(int[] array, int secret) {
      return 100 / (secret + 1);
    }

    static int byASwitch(int[] array, int secret) {
      return switch (secret) {
        case 0 -> 3;
        case 1 -> 7;
        default -> 9;
      };
    }

    static int byALengthHandedOn(int[] array, int secret) {
      return Arrays.copyOf(array, secret).length;
    }
  }

  private static Run sealed(Random random, byte[] nonce, byte[] message) throws Exception {
    byte[] box = new byte[TAG + message.length];
    System.arraycopy(message, 0, box, TAG, message.length);
    try (SecretBox secretBox = box(key(random))) {
      return Trace.of(() -> secretBox.seal(nonce, box, 0, message.length));
    }
  }

  private static Run opened(Random random, byte[] nonce, byte[] message) throws Exception {
    byte[] box = new byte[TAG + message.length];
    System.arraycopy(message, 0, box, TAG, message.length);
    byte[] key = key(random);
    try (SecretBox sender = box(key);
        SecretBox receiver = box(key)) {
      sender.seal(nonce, box, 0, message.length);
      return Trace.of(() -> assertTrue(receiver.open(nonce, box, 0, message.length)));
    }
  }

  private static Run authenticated(int r, String message) throws Exception {
    Class<?> type = OBSERVED.loadClass(Poly1305.class.getName());
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object poly1305 = constructor.newInstance();
    Method tag =
        type.getDeclaredMethod(
            "tag", byte[].class, byte[].class, int.class, int.class, byte[].class);
    tag.setAccessible(true);
    byte[] key = new byte[Poly1305.KEY_BYTES];
    key[0] = (byte) r;
    byte[] data = HexFormat.of().parseHex(message);
    return Trace.of(() -> tag.invoke(poly1305, key, data, 0, data.length, new byte[TAG]));
  }

  private static byte[] key(Random random) {
    byte[] key = new byte[SecretBox.KEY_BYTES];
    random.nextBytes(key);
    return key;
  }

  private static SecretBox box(byte[] key) throws Exception {
    return (SecretBox)
        OBSERVED
            .loadClass(XSalsa20Poly1305.class.getName())
            .getConstructor(byte[].class)
            .newInstance(key);
  }
}
