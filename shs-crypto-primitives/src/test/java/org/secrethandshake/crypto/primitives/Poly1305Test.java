package org.secrethandshake.crypto.primitives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Poly1305 against published tags, and against its definition where carries are rare or many. */
class Poly1305Test {
  private static final BigInteger TWO = BigInteger.TWO;
  private static final BigInteger P = TWO.pow(130).subtract(BigInteger.valueOf(5));
  private static final BigInteger BLOCK_END = TWO.pow(128);
  private static final BigInteger CLAMP = new BigInteger("0ffffffc0ffffffc0ffffffc0fffffff", 16);

  private static final String IETF =
      "Any submission to the IETF intended by the Contributor for publication as all or part of an "
          + "IETF Internet-Draft or RFC and any statement made within the context of an IETF "
          + "activity is considered an \"IETF Contribution\". Such statements include oral "
          + "statements in IETF sessions, as well as written and electronic communications made "
          + "at any time or place, which are addressed to";
  private static final String JABBERWOCKY =
      "'Twas brillig, and the slithy toves\nDid gyre and gimble in the wabe:\n"
          + "All mimsy were the borogoves,\nAnd the mome raths outgrabe.";
  private static final String ZEROS = "00".repeat(16);
  private static final String ONES = "ff".repeat(16);
  private static final String IETF_HALF = "36e5f6b5c5e06070f0efca96227a863e";

  /** RFC 8439, section 2.5.2. */
  @Test
  void givesTheTagOfTheRfcsExample() {
    assertTag(
        "85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b",
        ascii("Cryptographic Forum Research Group"),
        "a8061dc1305136c6c22b8baf0c0127a9");
  }

  /** RFC 8439, appendix A.3, test vectors 2 to 4. */
  @Test
  void givesTheTagsOfTheRfcsTexts() {
    assertTag(ZEROS + IETF_HALF, ascii(IETF), IETF_HALF);
    assertTag(IETF_HALF + ZEROS, ascii(IETF), "f3477e7cd95417af89a6b8794c310cf0");
    assertTag(
        "1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0",
        ascii(JABBERWOCKY),
        "4541669a7eaaee61e708dc7cbcc5eb62");
  }

  /** RFC 8439, appendix A.3, test vectors 1 and 5 to 11; the first two columns are the key. */
  @ParameterizedTest
  @CsvSource({
    "00, 00, 00000000000000000000000000000000000000000000000000000000000000000000000000000000"
        + "000000000000000000000000000000000000000000000000, 00",
    "02, 00, ffffffffffffffffffffffffffffffff, 03",
    "02, ffffffffffffffffffffffffffffffff, 02000000000000000000000000000000, 03",
    "01, 00, fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff"
        + "11000000000000000000000000000000, 05",
    "01, 00, fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe"
        + "01010101010101010101010101010101, 00",
    "02, 00, fdffffffffffffffffffffffffffffff, faffffffffffffffffffffffffffffff",
    "01000000000000000400000000000000, 00, e33594d7505e43b900000000000000003394d7505e4379cd"
        + "01000000000000000000000000000000000000000000000001000000000000000000000000000000,"
        + " 14000000000000005500000000000000",
    "01000000000000000400000000000000, 00, e33594d7505e43b900000000000000003394d7505e4379cd"
        + "010000000000000000000000000000000000000000000000, 13",
  })
  void givesTheTagsOfTheRfcsCarries(String r, String pad, String message, String tag) {
    assertTag(half(r) + half(pad), bytes(message), half(tag));
  }

  /** NaCl, tests/onetimeauth.c. */
  @Test
  void givesTheTagOfNaCl() {
    assertTag(
        "eea6a7251c1e72916d11c2cb214d3c252539121d8e234e652d651fa4c8cff880",
        bytes(
            "8e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f0"
                + "11ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae902243"
                + "68517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f"
                + "654cb45a74e355a5"),
        "f3ffc7703f9400e52a7dfb4b3d3305d9");
  }

  @Test
  void givesTheDefinedTagOfOnesAndZerosUnderExtremeKeys() {
    for (String r : List.of(ZEROS, ONES, half("01"), half("04"), "00".repeat(15) + "0f")) {
      for (String pad : List.of(ZEROS, ONES)) {
        for (int length = 0; length <= 700; length++) {
          assertDefined(bytes(r + pad), new byte[length]);
          assertDefined(bytes(r + pad), ones(length));
        }
        assertDefined(bytes(r + pad), ones(65_536));
      }
    }
  }

  @Test
  void givesTheDefinedTagOfBytesThatAreOnesOrZeros() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      assertDefined(onesOrZeros(random, 32), onesOrZeros(random, random.nextInt(400)));
    }
  }

  /**
   * The last block is chosen so that the sum before the final reduction stands for a number next to
   * p, to zero or to the border of a limb. Shorter messages go block by block, longer ones in runs
   * of four.
   */
  @Test
  void reducesSumsNextToThePrimeAndToTheBordersOfLimbs() {
    Random random = new Random(2);
    int reached = 0;
    for (BigInteger border : List.of(BigInteger.ZERO, TWO.pow(44), TWO.pow(88), TWO.pow(128), P)) {
      for (int distance = -8; distance <= 8; distance++) {
        BigInteger sum = border.add(BigInteger.valueOf(distance)).mod(P);
        for (int blocks : new int[] {1, 2, 11, 12, 13, 16, 31, 64}) {
          reached += reach(sum, blocks, random) ? 1 : 0;
        }
      }
    }
    // With one block, three sums of four cannot be reached, and neither can zero.
    assertTrue(reached > 5 * 17 * 7 - 10, "reached " + reached);
  }

  /** The double is wrong by as much as the 20 bits of the sum can mend, and by all that is less. */
  @Test
  void mendsARoundedRestWithTheSum() {
    Random random = new Random(4);
    for (int i = 0; i < 100_000; i++) {
      BigInteger sum = new BigInteger(44 + random.nextInt(52), random);
      long rest = sum.shiftRight(44).longValueExact();
      for (long error : new long[] {0, 1, 5, 1 << random.nextInt(19), (1 << 19) - 1}) {
        assertEquals(
            rest,
            Poly1305Runs.rest(sum.longValue(), Math.max(0, rest - error)),
            () -> "sum " + sum);
        assertEquals(rest, Poly1305Runs.rest(sum.longValue(), rest + error), () -> "sum " + sum);
      }
    }
  }

  private static boolean reach(BigInteger sum, int blocks, Random random) {
    for (int attempt = 0; attempt < 200; attempt++) {
      byte[] key = randomBytes(random, 32);
      byte[] message = onesOrZeros(random, 16 * blocks);
      BigInteger r = number(key, 0, 16).and(CLAMP);
      BigInteger before = sum(r, Arrays.copyOf(message, message.length - 16));
      BigInteger block = sum.multiply(r.modInverse(P)).subtract(before).subtract(BLOCK_END).mod(P);
      if (block.bitLength() <= 128) {
        byte[] last = littleEndian(block, 16);
        System.arraycopy(last, 0, message, message.length - 16, 16);
        assertEquals(sum, sum(r, message));
        assertDefined(key, message);
        return true;
      }
    }
    return false;
  }

  @Test
  void readsNothingButTheMessage() {
    byte[] key = randomBytes(new Random(3), 32);
    for (int length = 0; length < 300; length++) {
      byte[] message = randomBytes(new Random(length), length);
      byte[] array = randomBytes(new Random(-1), length + 40);
      System.arraycopy(message, 0, array, 13, length);
      byte[] tag = new byte[16];
      new Poly1305().tag(key, array, 13, length, tag);
      assertArrayEquals(BouncyCastleBox.tag(key, message), tag, "length " + length);
    }
  }

  /** RFC 8439, section 2.5.1, in numbers. */
  private static byte[] defined(byte[] key, byte[] message) {
    BigInteger sum = sum(number(key, 0, 16).and(CLAMP), message);
    return littleEndian(sum.add(number(key, 16, 16)).mod(BLOCK_END), 16);
  }

  private static BigInteger sum(BigInteger r, byte[] message) {
    BigInteger sum = BigInteger.ZERO;
    for (int at = 0; at < message.length; at += 16) {
      int length = Math.min(16, message.length - at);
      BigInteger block = number(message, at, length).setBit(8 * length);
      sum = sum.add(block).multiply(r).mod(P);
    }
    return sum;
  }

  private static BigInteger number(byte[] littleEndian, int at, int length) {
    byte[] bigEndian = new byte[length];
    for (int i = 0; i < length; i++) {
      bigEndian[i] = littleEndian[at + length - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  private static byte[] littleEndian(BigInteger number, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  private static void assertDefined(byte[] key, byte[] message) {
    assertArrayEquals(
        defined(key, message),
        tag(key, message),
        () -> HexFormat.of().formatHex(key) + " " + HexFormat.of().formatHex(message));
  }

  private static void assertTag(String key, byte[] message, String tag) {
    assertEquals(tag, HexFormat.of().formatHex(tag(bytes(key), message)));
    assertDefined(bytes(key), message);
  }

  private static byte[] tag(byte[] key, byte[] message) {
    byte[] tag = new byte[16];
    new Poly1305().tag(key, message, 0, message.length, tag);
    return tag;
  }

  private static byte[] ones(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xff);
    return bytes;
  }

  private static byte[] onesOrZeros(Random random, int length) {
    byte[] bytes = randomBytes(random, length);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (bytes[i] >> 7);
    }
    return bytes;
  }

  private static byte[] randomBytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String half(String hex) {
    return hex + "00".repeat(16 - hex.length() / 2);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
