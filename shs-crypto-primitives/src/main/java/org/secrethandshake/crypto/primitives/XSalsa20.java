package org.secrethandshake.crypto.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The XSalsa20 key stream of one key (Bernstein, "Extending the Salsa20 nonce"), block by block or
 * many blocks at once.
 *
 * <p>No branch and no index depends on the key or the stream. Not thread-safe.
 */
final class XSalsa20 {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  // "expand 32-byte k", the words on the diagonal of the Salsa20 matrix.
  private static final int SIGMA_0 = 0x61707865;
  private static final int SIGMA_1 = 0x3320646e;
  private static final int SIGMA_2 = 0x79622d32;
  private static final int SIGMA_3 = 0x6b206574;

  private static final int NONCE_WORD = 6;
  private static final int COUNTER_WORD = 8;

  /** From here on, the lanes are faster than one block after the other. */
  private static final int LANES_FROM_BYTES = 8 * Salsa20.BLOCK_BYTES;

  private final int[] hsalsa = new int[Salsa20.BLOCK_WORDS];
  private final int[] salsa = new int[Salsa20.BLOCK_WORDS];
  private final int[] block = new int[Salsa20.BLOCK_WORDS];
  private boolean subkeyDerived;

  XSalsa20(byte[] key) {
    placeSigma(hsalsa);
    placeSigma(salsa);
    for (int i = 0; i < 4; i++) {
      hsalsa[1 + i] = wordAt(key, i);
      hsalsa[11 + i] = wordAt(key, 4 + i);
    }
  }

  /** Goes to the beginning of the stream of a 24-byte nonce. */
  void start(byte[] nonce) {
    deriveSubkey(nonce);
    salsa[NONCE_WORD] = wordAt(nonce, 4);
    salsa[NONCE_WORD + 1] = wordAt(nonce, 5);
    salsa[COUNTER_WORD] = 0;
    salsa[COUNTER_WORD + 1] = 0;
  }

  /** Computes the next block. An array's length keeps the counter within its low word. */
  void nextBlock() {
    Salsa20.rounds(salsa, block);
    for (int i = 0; i < Salsa20.BLOCK_WORDS; i++) {
      block[i] += salsa[i];
    }
    salsa[COUNTER_WORD]++;
  }

  /** Writes the first bytes of the current block. */
  void copy(byte[] out) {
    for (int i = 0; i < out.length / Integer.BYTES; i++) {
      WORD.set(out, i * Integer.BYTES, block[i]);
    }
  }

  /** Combines data with the current block, from one of its words on. */
  void xorBlock(int word, byte[] data, int offset, int length) {
    int next = word;
    int at = offset;
    int end = offset + length;
    for (; end - at >= Integer.BYTES; at += Integer.BYTES) {
      WORD.set(data, at, (int) WORD.get(data, at) ^ block[next++]);
    }
    for (int shift = 0; at < end; at++, shift += Byte.SIZE) {
      data[at] ^= (byte) (block[next] >>> shift);
    }
  }

  /** Combines data with the stream from the next block on; what is left of a last block is lost. */
  void xor(byte[] data, int offset, int length) {
    int end = offset + length;
    int at = length < LANES_FROM_BYTES ? offset : xorLanes(data, offset, end);
    while (at < end) {
      int bytes = Math.min(end - at, Salsa20.BLOCK_BYTES);
      nextBlock();
      xorBlock(0, data, at, bytes);
      at += bytes;
    }
  }

  private int xorLanes(byte[] data, int offset, int end) {
    int at = offset;
    while (end - at >= LANES_FROM_BYTES) {
      try (Salsa20Lanes lanes = Salsa20Lanes.borrow(end - at)) {
        int bytes = Math.min(end - at, lanes.bytes());
        lanes.xor(salsa, data, at, bytes);
        salsa[COUNTER_WORD] += blocks(bytes);
        at += bytes;
      }
    }
    return at;
  }

  private static int blocks(int bytes) {
    return (bytes + Salsa20.BLOCK_BYTES - 1) / Salsa20.BLOCK_BYTES;
  }

  void wipe() {
    Arrays.fill(hsalsa, 0);
    Arrays.fill(salsa, 0);
    Arrays.fill(block, 0);
  }

  // HSalsa20 of the key and the nonce's first 16 bytes. A stream that counts its nonces up hardly
  // ever changes those, so the last subkey is kept.
  private void deriveSubkey(byte[] nonce) {
    boolean same = subkeyDerived;
    for (int i = 0; i < 4; i++) {
      int word = wordAt(nonce, i);
      same &= hsalsa[NONCE_WORD + i] == word;
      hsalsa[NONCE_WORD + i] = word;
    }
    if (same) {
      return;
    }
    Salsa20.rounds(hsalsa, block);
    for (int i = 0; i < 4; i++) {
      salsa[1 + i] = block[5 * i];
      salsa[11 + i] = block[NONCE_WORD + i];
    }
    subkeyDerived = true;
  }

  private static void placeSigma(int[] matrix) {
    matrix[0] = SIGMA_0;
    matrix[5] = SIGMA_1;
    matrix[10] = SIGMA_2;
    matrix[15] = SIGMA_3;
  }

  private static int wordAt(byte[] bytes, int index) {
    return (int) WORD.get(bytes, index * Integer.BYTES);
  }
}
