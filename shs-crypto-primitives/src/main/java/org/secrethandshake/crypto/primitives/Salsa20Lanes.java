package org.secrethandshake.crypto.primitives;

import java.util.Arrays;

/**
 * Consecutive Salsa20 blocks, 64 or 16, computed side by side in loops that HotSpot turns into
 * vector code.
 *
 * <p>The 16 words of a matrix form four rows of four, such that a quarter-round takes one word of
 * each row, and the four quarter-rounds of a half of a double round do so at once. In a column
 * round {@code a b c d} are the rows themselves; in a row round they are the rows {@code a}, {@code
 * d}, {@code c}, {@code b}, turned by 0, 1, 2 and 3 words.
 *
 * <pre>
 *   row a   x0  x5  x10 x15         row c   x8  x13 x2  x7
 *   row b   x4  x9  x14 x3          row d   x12 x1  x6  x11
 * </pre>
 *
 * <p>Each word stands here for as many as there are lanes, one for each block. One loop then does
 * the four quarter-rounds of all lanes, if a turned row can be read in one run. So a row is written
 * twice, four words apart; either kind of round finds all four words of it in a run.
 *
 * <p>The words of row c are held as their complements. Then two of the four sums of a quarter-round
 * are differences, {@code ~(~c - b)}, and cost no more, as complementing is part of combining.
 * HotSpot of JDK 25 vectorises only parts of a row round whose four sums are sums: in some copies
 * of an unrolled loop it swaps their operands.
 *
 * <p>The working array, of 9 KB or a quarter of it, is borrowed from a small pool, and wiped before
 * it goes back. No branch and no index depends on the key or the stream. Not thread-safe: whoever
 * borrows one has it alone until it is closed, once.
 */
final class Salsa20Lanes implements AutoCloseable {
  // Where the rows begin, in words of all lanes; each needs room for its second writing.
  static final int A = 0;
  static final int B = 8;
  static final int C = 17;
  static final int D = 28;
  private static final int WORDS = 36;

  /** Where x0 to x15 stand after a double round. */
  private static final int[] PLACE = {
    A, D + 1, C + 2, B + 3,
    B, A + 1, D + 2, C + 3,
    C, B + 1, A + 2, D + 3,
    D, C + 1, B + 2, A + 3,
  };

  /** Row c: what turns a word into its complement and back. */
  private static final int[] COMPLEMENT = {0, 0, -1, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0, -1, 0, 0};

  private static final int COUNTER_WORD = 8;

  private static final Spares<Salsa20Lanes> WIDE = new Spares<>();
  private static final Spares<Salsa20Lanes> NARROW = new Spares<>();

  private final int lanes;
  private final int[] x;

  private Salsa20Lanes(int lanes) {
    this.lanes = lanes;
    x = new int[WORDS * lanes];
  }

  /** Takes wiped lanes, as few as the data needs, from a pool, or new ones if it has none here. */
  static Salsa20Lanes borrow(int bytes) {
    int lanes =
        bytes <= Salsa20Lanes16.LANES * Salsa20.BLOCK_BYTES
            ? Salsa20Lanes16.LANES
            : Salsa20Lanes64.LANES;
    Salsa20Lanes spare = pool(lanes).take();
    return spare == null ? new Salsa20Lanes(lanes) : spare;
  }

  /** Wipes the lanes and gives them back. */
  @Override
  public void close() {
    Arrays.fill(x, 0);
    pool(lanes).giveBack(this);
  }

  private static Spares<Salsa20Lanes> pool(int lanes) {
    return lanes == Salsa20Lanes16.LANES ? NARROW : WIDE;
  }

  /** How many bytes are combined with the stream at a time, at most. */
  int bytes() {
    return lanes * Salsa20.BLOCK_BYTES;
  }

  /**
   * Combines data with the stream.
   *
   * @param matrix of the first block, whose counter does not overflow its low word
   * @param length at most {@link #bytes()}
   */
  void xor(int[] matrix, byte[] data, int offset, int length) {
    load(matrix);
    int whole = length / Salsa20.BLOCK_BYTES;
    if (lanes == Salsa20Lanes16.LANES) {
      Salsa20Lanes16.rounds(x);
      Salsa20Lanes16.xorBlocks(x, matrix, data, offset, whole);
    } else {
      Salsa20Lanes64.rounds(x);
      Salsa20Lanes64.xorBlocks(x, matrix, data, offset, whole);
    }
    xorBytes(matrix, whole, data, offset + whole * Salsa20.BLOCK_BYTES, offset + length);
  }

  private void load(int[] matrix) {
    for (int word = 0; word < Salsa20.BLOCK_WORDS; word++) {
      int from = PLACE[word] * lanes;
      Arrays.fill(x, from, from + lanes, matrix[word] ^ COMPLEMENT[word]);
    }
    for (int lane = 0; lane < lanes; lane++) {
      x[C * lanes + lane] -= lane;
    }
  }

  private void xorBytes(int[] matrix, int lane, byte[] data, int from, int to) {
    for (int at = from; at < to; at++) {
      int i = at - from;
      int word = keyWord(matrix, i / Integer.BYTES, lane);
      data[at] ^= (byte) (word >>> (i % Integer.BYTES * Byte.SIZE));
    }
  }

  private int keyWord(int[] matrix, int word, int lane) {
    int sum = (x[PLACE[word] * lanes + lane] ^ COMPLEMENT[word]) + matrix[word];
    return word == COUNTER_WORD ? sum + lane : sum;
  }
}
