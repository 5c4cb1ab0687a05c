package org.secrethandshake.crypto.primitives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Salsa20, HSalsa20 and XSalsa20 against published answers, one block or many at once. */
class Salsa20Test {
  // What the lanes combine at a time.
  private static final int WIDE = 64 * 64;
  private static final int NARROW = 16 * 64;

  private static final String SIGMA = "expand 32-byte k";
  private static final String FIRST_KEY =
      "1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389";
  private static final String NONCE_PREFIX = "69696ee955b62b73cd62bda875fc73d6";
  private static final String NONCE = NONCE_PREFIX + "8219e0036b7a0b37";

  /** "Salsa20 specification", section 9, with a key of 32 bytes. */
  @Test
  void expandsAsTheSpecificationDoes() {
    int[] matrix =
        matrix(
            "0102030405060708090a0b0c0d0e0f10c9cacbcccdcecfd0d1d2d3d4d5d6d7d8",
            "65666768696a6b6c6d6e6f7071727374");
    int[] out = new int[16];
    Salsa20.rounds(matrix, out);
    for (int i = 0; i < 16; i++) {
      out[i] += matrix[i];
    }
    assertEquals(
        "45254427290f6bc1ff8b7a06aae9d9625990b66a1533c841ef31de22d772287e"
            + "68c507e1c5991f02664e4cb054f5f6b8b1a0858206489577c0c384ecea67f64a",
        hex(out));
  }

  /** "Cryptography in NaCl", section 8 (NaCl's tests/core2.c): HSalsa20. */
  @Test
  void derivesTheSubkeyOfNaCl() {
    int[] out = new int[16];
    Salsa20.rounds(matrix(FIRST_KEY, NONCE_PREFIX), out);
    assertEquals(
        "dc908dda0b9344a953629b733820778880f3ceb421bb61b91cbd4c3e66256ce4",
        hex(new int[] {out[0], out[5], out[10], out[15], out[6], out[7], out[8], out[9]}));
  }

  /**
   * ECRYPT's verified test vectors of Salsa20 with keys of 256 bits, set 6, vectors 0 to 2: the
   * exclusive or of all blocks of 131,072 bytes.
   */
  @ParameterizedTest
  @CsvSource({
    "0053a6f94c9ff24598eb3e91e4378add3083d6297ccf2275c81b6ec11467ba0d, 0d74db42a91077de,"
        + " c349b6a51a3ec9b712eaed3f90d8bcee69b7628645f251a996f55260c62ef31f"
        + "d6c6b0aea94e136c9d984ad2df3578f78e457527b03a0450580dd874f63b1ab9",
    "0558abfe51a4f74a9df04396e93c8fe23588db2e81d4277acd2073c6196cbf12, 167de44bb21980e7,"
        + " c3eaaf32836bace32d04e1124231ef47e101367d6305413a0eeb07c60698a287"
        + "6e4d031870a739d6ffddd208597aff0a47ac17edb0167dd67eba84f1883d4dfd",
    "0a5db00356a9fc4fa2f5489bee4194e73a8de03386d92c7fd22578cb1e71c417, 1f86ed54bb2289f0,"
        + " 3cd23c3dc90201acc0cf49b440b6c417f0dc8d8410a716d5314c059e14b1a8d9"
        + "a9fb8ea3d9c8dae12b21402f674aa95c67b1fc514e994c9d3f3a6e41dff5bba6",
  })
  void givesTheStreamOfEcryptInLanes(String key, String nonce, String expected) {
    for (int atATime : new int[] {WIDE, NARROW}) {
      byte[] xor = new byte[64];
      byte[] stream = lanes(atATime, matrix(key, nonce + "0000000000000000"), 131_072);
      for (int i = 0; i < stream.length; i++) {
        xor[i % 64] ^= stream[i];
      }
      assertEquals(expected, HexFormat.of().formatHex(xor));
    }
  }

  /** The same vector 0, of which four blocks are published too. */
  @ParameterizedTest
  @ValueSource(ints = {WIDE, NARROW})
  void givesTheBlocksOfEcryptInLanes(int atATime) {
    int[] matrix =
        matrix(
            "0053a6f94c9ff24598eb3e91e4378add3083d6297ccf2275c81b6ec11467ba0d",
            "0d74db42a91077de0000000000000000");
    byte[] stream = lanes(atATime, matrix, 131_072);
    assertEquals(
        "f5fad53f79f9df58c4aea0d0ed9a9601f278112ca7180d565b420a48019670ea"
            + "f24ce493a86263f677b46ace1924773d2bb25571e1aa8593758fc382b1280b71",
        block(stream, 0));
    assertEquals(
        "b70c50139c63332ef6e77ac54338a4079b82bec9f9a403dfea821b83f7860791"
            + "650ef1b2489d0590b1de772eeda4e3bcd60fa7ce9cd623d9d2fd5758b8653e70",
        block(stream, 65_472));
    assertEquals(
        "81582c65d7562b80aec2f1a673a9d01c9f892a23d4919f6ab47b9154e08e699b"
            + "4117d7c666477b60f8391481682f5d95d96623dbc489d88daa6956b9f0646b6e",
        block(stream, 65_536));
    assertEquals(
        "a13ffa1208f8bf50900886faab40fd10e8caa306e63df39536a1564fb760b242"
            + "a9d6a4628cdc878762834e27a541da2a5e3b3445989c76f611e0fec6d91acacc",
        block(stream, 131_008));
  }

  @ParameterizedTest
  @ValueSource(ints = {WIDE, NARROW})
  void givesTheSameStreamInLanesOfAnyLengthAsBlockByBlock(int most) {
    int[] matrix = matrix(FIRST_KEY, NONCE_PREFIX);
    matrix[8] = 12_345;
    byte[] expected = new byte[most];
    int[] out = new int[16];
    ByteBuffer words = littleEndian(expected);
    while (words.hasRemaining()) {
      int[] next = matrix.clone();
      next[8] += words.position() / 64;
      Salsa20.rounds(next, out);
      for (int i = 0; i < 16; i++) {
        words.putInt(next[i] + out[i]);
      }
    }
    for (int length = 0; length <= most; length++) {
      byte[] actual = new byte[length + 2];
      try (Salsa20Lanes lanes = Salsa20Lanes.borrow(most)) {
        assertEquals(most, lanes.bytes());
        lanes.xor(matrix, actual, 1, length);
      }
      assertEquals(0, actual[0] | actual[length + 1], "around " + length);
      assertArrayEquals(Arrays.copyOf(expected, length), Arrays.copyOfRange(actual, 1, 1 + length));
    }
  }

  /** Each is there for its constant alone. */
  @Test
  void bothNumbersOfLanesHaveTheSameSource() throws IOException {
    Path folder = Path.of("src/main/java", Salsa20.class.getPackageName().replace('.', '/'));
    String wide = Files.readString(folder.resolve("Salsa20Lanes64.java"));
    String narrow = Files.readString(folder.resolve("Salsa20Lanes16.java"));

    assertEquals(
        wide.replace("Salsa20Lanes64", "Salsa20Lanes16")
            .replace("for 64 lanes", "for 16 lanes")
            .replace("LANES = 64;", "LANES = 16;"),
        narrow);
  }

  /** libsodium, test/default/stream.c and .exp: SHA-256 of 4 MiB of XSalsa20's stream. */
  @Test
  void givesTheLongStreamOfNaCl() throws Exception {
    byte[] stream = new byte[4 << 20];
    XSalsa20 xsalsa = new XSalsa20(HexFormat.of().parseHex(FIRST_KEY));
    xsalsa.start(HexFormat.of().parseHex(NONCE));
    // In pieces of whole blocks, so that lanes and single blocks take turns.
    int blocks = 1;
    for (int at = 0; at < stream.length; blocks = blocks % 150 + 1) {
      int length = Math.min(blocks * 64, stream.length - at);
      xsalsa.xor(stream, at, length);
      at += length;
    }
    assertEquals(
        "662b9d0e3463029156069b12f918691a98f7dfb2ca0393c96bbfc6b1fbd630a2",
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(stream)));
  }

  @ParameterizedTest
  @ValueSource(ints = {WIDE, NARROW})
  void lanesAreWipedBeforeTheyGoBack(int most) throws ReflectiveOperationException {
    byte[] data = new byte[most];
    Salsa20Lanes lanes = Salsa20Lanes.borrow(most);
    lanes.xor(matrix(FIRST_KEY, NONCE_PREFIX), data, 0, most);
    Field field = Salsa20Lanes.class.getDeclaredField("x");
    field.setAccessible(true);
    int[] words = (int[]) field.get(lanes);
    assertTrue(Arrays.stream(words).anyMatch(word -> word != 0));

    lanes.close();

    assertArrayEquals(new int[words.length], words);
  }

  private static byte[] lanes(int atATime, int[] matrix, int length) {
    byte[] stream = new byte[length];
    try (Salsa20Lanes lanes = Salsa20Lanes.borrow(atATime)) {
      for (int at = 0; at < length; at += atATime) {
        lanes.xor(matrix, stream, at, atATime);
        matrix[8] += atATime / 64;
      }
    }
    return stream;
  }

  private static int[] matrix(String key, String input) {
    int[] sigma = words(HexFormat.of().formatHex(SIGMA.getBytes(StandardCharsets.US_ASCII)));
    int[] k = words(key);
    int[] in = words(input);
    return new int[] {
      sigma[0], k[0], k[1], k[2],
      k[3], sigma[1], in[0], in[1],
      in[2], in[3], sigma[2], k[4],
      k[5], k[6], k[7], sigma[3],
    };
  }

  private static int[] words(String hex) {
    int[] words = new int[hex.length() / 8];
    littleEndian(HexFormat.of().parseHex(hex)).asIntBuffer().get(words);
    return words;
  }

  private static String hex(int[] words) {
    byte[] bytes = new byte[4 * words.length];
    littleEndian(bytes).asIntBuffer().put(words);
    return HexFormat.of().formatHex(bytes);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String block(byte[] stream, int at) {
    return HexFormat.of().formatHex(stream, at, at + 64);
  }
}
