package org.secrethandshake.crypto.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * 64 consecutive Salsa20 blocks, computed side by side in loops that HotSpot turns into vector
 * code.
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
 * <p>Each word stands here for 64 of them, one for each block. One loop then does 256
 * quarter-rounds, if a turned row can be read in one run. So a row is written twice, four words
 * apart; either kind of round finds all four words of it in a run.
 *
 * <p>All offsets are constants within one array: else HotSpot could not tell that the rows do not
 * overlap, and would not vectorise.
 *
 * <p>The working array, 9 KB, is borrowed from a small pool, and wiped before it goes back. No
 * branch and no index depends on the key or the stream. Not thread-safe: whoever borrows one has it
 * alone until it is closed, once.
 */
final class Salsa20Lanes implements AutoCloseable {
  static final int LANES = 64;

  /** So much is combined with the stream at a time. */
  static final int BYTES = LANES * Salsa20.BLOCK_BYTES;

  /** Four words of all blocks. */
  private static final int ROW = 4 * LANES;

  // Where the rows begin in a column round and in a row round.
  private static final int A = 0;
  private static final int B = 8 * LANES;
  private static final int B_TURNED = B - LANES;
  private static final int C = 17 * LANES;
  private static final int C_TURNED = C + 2 * LANES;
  private static final int D = 28 * LANES;
  private static final int D_TURNED = D + LANES;
  private static final int WORDS = 36 * LANES;

  /** Where x0 to x15 begin after a double round. */
  private static final int[] PLACE = {
    A, D + LANES, C + 2 * LANES, B + 3 * LANES,
    B, A + LANES, D + 2 * LANES, C + 3 * LANES,
    C, B + LANES, A + 2 * LANES, D + 3 * LANES,
    D, C + LANES, B + 2 * LANES, A + 3 * LANES,
  };

  private static final int COUNTER_WORD = 8;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SLOTS = 8;
  private static final AtomicReferenceArray<Salsa20Lanes> POOL = new AtomicReferenceArray<>(SLOTS);

  private final int[] x = new int[WORDS];

  private Salsa20Lanes() {}

  /** Takes wiped lanes from the pool, or new ones if there is none at this thread's place. */
  static Salsa20Lanes borrow() {
    Salsa20Lanes lanes = POOL.getAndSet(slot(), null);
    return lanes == null ? new Salsa20Lanes() : lanes;
  }

  /** Wipes the lanes and gives them back; where another's are there already, they are dropped. */
  @Override
  public void close() {
    Arrays.fill(x, 0);
    POOL.lazySet(slot(), this);
  }

  /** For tests that look for what is left of the stream. */
  int[] words() {
    return x;
  }

  // Threads have different places, so that they seldom meet.
  private static int slot() {
    return (int) (Thread.currentThread().getId() & (SLOTS - 1));
  }

  /**
   * Combines data with the stream.
   *
   * @param matrix of the first block, whose counter does not overflow its low word
   * @param length at most {@link #BYTES}
   */
  void xor(int[] matrix, byte[] data, int offset, int length) {
    load(matrix);
    for (int i = 0; i < Salsa20.DOUBLE_ROUNDS; i++) {
      columnRound(x);
      rowRound(x);
    }
    int whole = length / Salsa20.BLOCK_BYTES;
    for (int lane = 0; lane < whole; lane++) {
      xorBlock(matrix, lane, data, offset + lane * Salsa20.BLOCK_BYTES);
    }
    xorBytes(matrix, whole, data, offset + whole * Salsa20.BLOCK_BYTES, offset + length);
  }

  private void load(int[] matrix) {
    for (int word = 0; word < Salsa20.BLOCK_WORDS; word++) {
      Arrays.fill(x, PLACE[word], PLACE[word] + LANES, matrix[word]);
    }
    for (int lane = 0; lane < LANES; lane++) {
      x[C + lane] += lane;
    }
  }

  private static void columnRound(int[] x) {
    for (int i = 0; i < ROW; i++) {
      int a = x[A + i];
      int b = x[B + i];
      int c = x[C + i];
      int d = x[D + i];
      b ^= Integer.rotateLeft(a + d, 7);
      c ^= Integer.rotateLeft(b + a, 9);
      d ^= Integer.rotateLeft(c + b, 13);
      a ^= Integer.rotateLeft(d + c, 18);
      x[A + i] = a;
      x[B + i] = b;
      x[B - ROW + i] = b;
      x[C + i] = c;
      x[C + ROW + i] = c;
      x[D + i] = d;
      x[D + ROW + i] = d;
    }
  }

  private static void rowRound(int[] x) {
    for (int i = 0; i < ROW; i++) {
      int a = x[A + i];
      int b = x[D_TURNED + i];
      int c = x[C_TURNED + i];
      int d = x[B_TURNED + i];
      b ^= Integer.rotateLeft(a + d, 7);
      c ^= Integer.rotateLeft(b + a, 9);
      d ^= Integer.rotateLeft(c + b, 13);
      a ^= Integer.rotateLeft(d + c, 18);
      x[A + i] = a;
      x[D_TURNED + i] = b;
      x[D_TURNED - ROW + i] = b;
      x[C_TURNED + i] = c;
      x[C_TURNED - ROW + i] = c;
      x[B_TURNED + i] = d;
      x[B_TURNED + ROW + i] = d;
    }
  }

  // Written out: a loop over PLACE takes four times as long.
  private void xorBlock(int[] m, int lane, byte[] data, int at) {
    int[] x = this.x;
    int a = A + lane;
    int b = B + lane;
    int c = C + lane;
    int d = D + lane;
    xor(data, at, x[a] + m[0], x[d + LANES] + m[1]);
    xor(data, at + 8, x[c + 2 * LANES] + m[2], x[b + 3 * LANES] + m[3]);
    xor(data, at + 16, x[b] + m[4], x[a + LANES] + m[5]);
    xor(data, at + 24, x[d + 2 * LANES] + m[6], x[c + 3 * LANES] + m[7]);
    xor(data, at + 32, x[c] + m[8] + lane, x[b + LANES] + m[9]);
    xor(data, at + 40, x[a + 2 * LANES] + m[10], x[d + 3 * LANES] + m[11]);
    xor(data, at + 48, x[d] + m[12], x[c + LANES] + m[13]);
    xor(data, at + 56, x[b + 2 * LANES] + m[14], x[a + 3 * LANES] + m[15]);
  }

  private static void xor(byte[] data, int at, int low, int high) {
    long word = (low & 0xffffffffL) | ((long) high << Integer.SIZE);
    LONG.set(data, at, (long) LONG.get(data, at) ^ word);
  }

  private void xorBytes(int[] matrix, int lane, byte[] data, int from, int to) {
    for (int at = from; at < to; at++) {
      int i = at - from;
      int word = keyWord(matrix, i / Integer.BYTES, lane);
      data[at] ^= (byte) (word >>> (i % Integer.BYTES * Byte.SIZE));
    }
  }

  private int keyWord(int[] matrix, int word, int lane) {
    int sum = x[PLACE[word] + lane] + matrix[word];
    return word == COUNTER_WORD ? sum + lane : sum;
  }
}
