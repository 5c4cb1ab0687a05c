package org.secrethandshake.crypto.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What takes the time in {@link Salsa20Lanes}, for 16 lanes: the rounds, and the combination with
 * data.
 *
 * <p>There is one such class for each number of lanes, each the same source but for that number:
 * only with offsets that are constants can HotSpot tell that the rows do not overlap, and
 * vectorise.
 */
final class Salsa20Lanes16 {
  static final int LANES = 16;

  /** Four words of all blocks. */
  private static final int ROW = 4 * LANES;

  // Where the rows begin in a column round and in a row round.
  private static final int A = Salsa20Lanes.A * LANES;
  private static final int B = Salsa20Lanes.B * LANES;
  private static final int B_TURNED = B - LANES;
  private static final int C = Salsa20Lanes.C * LANES;
  private static final int C_TURNED = C + 2 * LANES;
  private static final int D = Salsa20Lanes.D * LANES;
  private static final int D_TURNED = D + LANES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Salsa20Lanes16() {}

  /** Does all rounds in lanes that hold a matrix each. */
  static void rounds(int[] x) {
    for (int i = 0; i < Salsa20.DOUBLE_ROUNDS; i++) {
      columnRound(x);
      rowRound(x);
    }
  }

  // A sum with c is the complement of a difference: c + b = ~(~c - b).
  private static void columnRound(int[] x) {
    for (int i = 0; i < ROW; i++) {
      int a = x[A + i];
      int b = x[B + i];
      int notC = x[C + i];
      int d = x[D + i];
      b ^= Integer.rotateLeft(a + d, 7);
      notC ^= Integer.rotateLeft(b + a, 9);
      d ^= ~Integer.rotateLeft(notC - b, 13);
      a ^= ~Integer.rotateLeft(notC - d, 18);
      x[A + i] = a;
      x[B + i] = b;
      x[B - ROW + i] = b;
      x[C + i] = notC;
      x[C + ROW + i] = notC;
      x[D + i] = d;
      x[D + ROW + i] = d;
    }
  }

  private static void rowRound(int[] x) {
    for (int i = 0; i < ROW; i++) {
      int a = x[A + i];
      int b = x[D_TURNED + i];
      int notC = x[C_TURNED + i];
      int d = x[B_TURNED + i];
      b ^= Integer.rotateLeft(a + d, 7);
      notC ^= Integer.rotateLeft(b + a, 9);
      d ^= ~Integer.rotateLeft(notC - b, 13);
      a ^= ~Integer.rotateLeft(notC - d, 18);
      x[A + i] = a;
      x[D_TURNED + i] = b;
      x[D_TURNED - ROW + i] = b;
      x[C_TURNED + i] = notC;
      x[C_TURNED - ROW + i] = notC;
      x[B_TURNED + i] = d;
      x[B_TURNED + ROW + i] = d;
    }
  }

  /** Combines data with the first blocks, given the matrix of the very first. */
  static void xorBlocks(int[] x, int[] matrix, byte[] data, int offset, int blocks) {
    for (int lane = 0; lane < blocks; lane++) {
      xorBlock(x, matrix, lane, data, offset + lane * Salsa20.BLOCK_BYTES);
    }
  }

  // Written out: a loop over the words takes four times as long.
  private static void xorBlock(int[] x, int[] m, int lane, byte[] data, int at) {
    int a = A + lane;
    int b = B + lane;
    int c = C + lane;
    int d = D + lane;
    xor(data, at, x[a] + m[0], x[d + LANES] + m[1]);
    xor(data, at + 8, ~x[c + 2 * LANES] + m[2], x[b + 3 * LANES] + m[3]);
    xor(data, at + 16, x[b] + m[4], x[a + LANES] + m[5]);
    xor(data, at + 24, x[d + 2 * LANES] + m[6], ~x[c + 3 * LANES] + m[7]);
    xor(data, at + 32, ~x[c] + m[8] + lane, x[b + LANES] + m[9]);
    xor(data, at + 40, x[a + 2 * LANES] + m[10], x[d + 3 * LANES] + m[11]);
    xor(data, at + 48, x[d] + m[12], ~x[c + LANES] + m[13]);
    xor(data, at + 56, x[b + 2 * LANES] + m[14], x[a + 3 * LANES] + m[15]);
  }

  private static void xor(byte[] data, int at, int low, int high) {
    long word = (low & 0xffffffffL) | ((long) high << Integer.SIZE);
    LONG.set(data, at, (long) LONG.get(data, at) ^ word);
  }
}
