package org.secrethandshake.crypto.primitives;

/**
 * The rounds of Salsa20 (Bernstein, "Salsa20 specification", sections 3 to 8) on one matrix of 16
 * words. The matrix itself is not added: HSalsa20 goes without that.
 *
 * <p>Additions, rotations by constants and exclusive ors: its time depends on nothing.
 */
final class Salsa20 {
  static final int BLOCK_WORDS = 16;
  static final int BLOCK_BYTES = BLOCK_WORDS * Integer.BYTES;
  static final int DOUBLE_ROUNDS = 10;

  private Salsa20() {}

  /** Writes the matrix after 20 rounds; both arrays have {@value #BLOCK_WORDS} words. */
  static void rounds(int[] matrix, int[] out) {
    int x0 = matrix[0];
    int x1 = matrix[1];
    int x2 = matrix[2];
    int x3 = matrix[3];
    int x4 = matrix[4];
    int x5 = matrix[5];
    int x6 = matrix[6];
    int x7 = matrix[7];
    int x8 = matrix[8];
    int x9 = matrix[9];
    int x10 = matrix[10];
    int x11 = matrix[11];
    int x12 = matrix[12];
    int x13 = matrix[13];
    int x14 = matrix[14];
    int x15 = matrix[15];
    for (int i = 0; i < DOUBLE_ROUNDS; i++) {
      // A column round: each column, from its word on the diagonal down.
      x4 ^= Integer.rotateLeft(x0 + x12, 7);
      x9 ^= Integer.rotateLeft(x5 + x1, 7);
      x14 ^= Integer.rotateLeft(x10 + x6, 7);
      x3 ^= Integer.rotateLeft(x15 + x11, 7);
      x8 ^= Integer.rotateLeft(x4 + x0, 9);
      x13 ^= Integer.rotateLeft(x9 + x5, 9);
      x2 ^= Integer.rotateLeft(x14 + x10, 9);
      x7 ^= Integer.rotateLeft(x3 + x15, 9);
      x12 ^= Integer.rotateLeft(x8 + x4, 13);
      x1 ^= Integer.rotateLeft(x13 + x9, 13);
      x6 ^= Integer.rotateLeft(x2 + x14, 13);
      x11 ^= Integer.rotateLeft(x7 + x3, 13);
      x0 ^= Integer.rotateLeft(x12 + x8, 18);
      x5 ^= Integer.rotateLeft(x1 + x13, 18);
      x10 ^= Integer.rotateLeft(x6 + x2, 18);
      x15 ^= Integer.rotateLeft(x11 + x7, 18);
      // A row round: each row, from its word on the diagonal to the right.
      x1 ^= Integer.rotateLeft(x0 + x3, 7);
      x6 ^= Integer.rotateLeft(x5 + x4, 7);
      x11 ^= Integer.rotateLeft(x10 + x9, 7);
      x12 ^= Integer.rotateLeft(x15 + x14, 7);
      x2 ^= Integer.rotateLeft(x1 + x0, 9);
      x7 ^= Integer.rotateLeft(x6 + x5, 9);
      x8 ^= Integer.rotateLeft(x11 + x10, 9);
      x13 ^= Integer.rotateLeft(x12 + x15, 9);
      x3 ^= Integer.rotateLeft(x2 + x1, 13);
      x4 ^= Integer.rotateLeft(x7 + x6, 13);
      x9 ^= Integer.rotateLeft(x8 + x11, 13);
      x14 ^= Integer.rotateLeft(x13 + x12, 13);
      x0 ^= Integer.rotateLeft(x3 + x2, 18);
      x5 ^= Integer.rotateLeft(x4 + x7, 18);
      x10 ^= Integer.rotateLeft(x9 + x8, 18);
      x15 ^= Integer.rotateLeft(x14 + x13, 18);
    }
    out[0] = x0;
    out[1] = x1;
    out[2] = x2;
    out[3] = x3;
    out[4] = x4;
    out[5] = x5;
    out[6] = x6;
    out[7] = x7;
    out[8] = x8;
    out[9] = x9;
    out[10] = x10;
    out[11] = x11;
    out[12] = x12;
    out[13] = x13;
    out[14] = x14;
    out[15] = x15;
  }
}
