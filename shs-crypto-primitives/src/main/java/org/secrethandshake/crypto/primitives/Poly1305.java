package org.secrethandshake.crypto.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Poly1305 (RFC 8439, section 2.5) of one message at a time.
 *
 * <p>A number modulo p = 2^130 - 5 is held in limbs of 44, 44 and 42 bits, {@code x0 + x1 2^44 + x2
 * 2^88}. A product of two limbs is taken as its low 44 bits and the rest, which belongs to the limb
 * above: with both factors shifted left by 10 bits, {@link Math#multiplyHigh} gives {@code a b >>
 * 44}. Sums of such halves fit into a {@code long}, so no carry is lost. What would go to a limb
 * above the third counts there 2^132, that is 20, in the first.
 *
 * <p>The bounds that hold it together, where {@code r} is clamped below 2^124:
 *
 * <ul>
 *   <li>between steps {@code h0 < 2^44 + 2^12}, {@code h1 < 2^44} and {@code h2 < 2^42}; with a
 *       block added, {@code h0, h1 < 2^46} and {@code h2 < 2^43};
 *   <li>a limb of {@code r}, times 20 or not, is below 2^49; shifted by 10 both factors are below
 *       2^59 and so not negative;
 *   <li>of one limb, three low halves sum to less than 2^46 and three rests to less than 2^53, also
 *       times 20 to less than 2^58.
 * </ul>
 *
 * <p>Long messages are left to {@link Poly1305Runs}, but for their end.
 *
 * <p>No branch and no index depends on key or message. Not thread-safe. What was derived from a key
 * is wiped before {@link #tag} returns.
 */
final class Poly1305 {
  static final int KEY_BYTES = 32;
  static final int TAG_BYTES = 16;

  static final int BLOCK_BYTES = 16;

  /** From here on, runs of blocks make up for raising r to its powers. */
  private static final int RUNS_FROM_BYTES = 12 * BLOCK_BYTES;

  static final int LIMB = 44;
  static final long MASK = (1L << LIMB) - 1;
  private static final int TOP_LIMB = 42;
  private static final long TOP_MASK = (1L << TOP_LIMB) - 1;

  // Where the second and the third limb begin in the two halves of a number.
  private static final int SECOND_IN_HIGH = Long.SIZE - LIMB;
  private static final int THIRD_IN_HIGH = 2 * LIMB - Long.SIZE;

  /** Both factors together are shifted by what is left of a {@code long} beside a limb. */
  private static final int SHIFT = (Long.SIZE - LIMB) / 2;

  /** The bit behind a whole block, 2^128, in the third limb. */
  static final long BLOCK_END = 1L << (Byte.SIZE * BLOCK_BYTES - 2 * LIMB);

  /** 2^132 modulo p. */
  static final int WRAP = 20;

  /** 2^130 modulo p. */
  private static final int TOP_WRAP = 5;

  private static final long CLAMP_LOW = 0x0ffffffc0fffffffL;
  private static final long CLAMP_HIGH = 0x0ffffffc0ffffffcL;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private long r0;
  private long r1;
  private long r2;
  private long h0;
  private long h1;
  private long h2;
  private final byte[] last = new byte[BLOCK_BYTES];

  /**
   * Computes the tag of a message.
   *
   * @param key {@value #KEY_BYTES} bytes that serve for this message only
   * @param tag receives {@value #TAG_BYTES} bytes
   */
  void tag(byte[] key, byte[] data, int offset, int length, byte[] tag) {
    begin(word(key, 0) & CLAMP_LOW, word(key, 8) & CLAMP_HIGH);
    int end = offset + length;
    int at = length < RUNS_FROM_BYTES ? offset : absorbRuns(data, offset, end);
    for (; end - at >= BLOCK_BYTES; at += BLOCK_BYTES) {
      absorb(word(data, at), word(data, at + 8), BLOCK_END);
    }
    if (at < end) {
      absorbLast(data, at, end - at);
    }
    finish(word(key, 16), word(key, 24), tag);
    begin(0, 0);
  }

  private void begin(long low, long high) {
    r0 = first(low);
    r1 = second(low, high);
    r2 = third(high);
    h0 = 0;
    h1 = 0;
    h2 = 0;
  }

  private void absorb(long low, long high, long end) {
    h0 += first(low);
    h1 += second(low, high);
    h2 += third(high) | end;
    multiply(r0, r1, r2);
  }

  private void absorbLast(byte[] data, int at, int length) {
    System.arraycopy(data, at, last, 0, length);
    last[length] = 1;
    Arrays.fill(last, length + 1, BLOCK_BYTES, (byte) 0);
    absorb(word(last, 0), word(last, 8), 0);
  }

  /** h = h f, carried as the bounds say. */
  private void multiply(long f0, long f1, long f2) {
    long s1 = f1 * WRAP;
    long s2 = f2 * WRAP;
    long low0 = low(h0, f0) + low(h1, s2) + low(h2, s1);
    long low1 = low(h0, f1) + low(h1, f0) + low(h2, s2);
    long low2 = low(h0, f2) + low(h1, f1) + low(h2, f0);
    long high0 = high(h0, f0) + high(h1, s2) + high(h2, s1);
    long high1 = high(h0, f1) + high(h1, f0) + high(h2, s2);
    long high2 = high(h0, f2) + high(h1, f1) + high(h2, f0);
    low0 += high2 * WRAP;
    low1 += high0 + (low0 >>> LIMB);
    low2 += high1 + (low1 >>> LIMB);
    h0 = (low0 & MASK) + (low2 >>> TOP_LIMB) * TOP_WRAP;
    h1 = low1 & MASK;
    h2 = low2 & TOP_MASK;
  }

  /** Takes the runs of blocks at the beginning of a message, and returns where they end. */
  private int absorbRuns(byte[] data, int offset, int end) {
    try (Poly1305Runs runs = Poly1305Runs.borrow()) {
      h0 = r0;
      h1 = r1;
      h2 = r2;
      runs.putPower(1, h0, h1, h2);
      for (int exponent = 2; exponent <= Poly1305Runs.BLOCKS; exponent++) {
        multiply(r0, r1, r2);
        runs.putPower(exponent, h0, h1, h2);
      }
      int at = runs.absorb(data, offset, end);
      h0 = runs.h0();
      h1 = runs.h1();
      h2 = runs.h2();
      carry();
      return at;
    }
  }

  /** Writes h modulo p, plus the second half of the key modulo 2^128. */
  private void finish(long padLow, long padHigh, byte[] tag) {
    // Only h0 may exceed its limb. If it does, then by so little that what its carry wraps around,
    // through h1 and h2, fits into it again.
    carry();
    // g = h - p, which is negative if h is below p.
    long g0 = h0 + TOP_WRAP;
    long g1 = h1 + (g0 >>> LIMB);
    long g2 = h2 + (g1 >>> LIMB) - (1L << TOP_LIMB);
    long below = g2 >> (Long.SIZE - 1);
    long f0 = (h0 & below) | (g0 & MASK & ~below);
    long f1 = (h1 & below) | (g1 & MASK & ~below);
    long f2 = (h2 & below) | (g2 & ~below);

    long low = f0 | (f1 << LIMB);
    long high = (f1 >>> SECOND_IN_HIGH) | (f2 << THIRD_IN_HIGH);
    long sum = low + padLow;
    long carry = ((low & padLow) | ((low | padLow) & ~sum)) >>> (Long.SIZE - 1);
    LONG.set(tag, 0, sum);
    LONG.set(tag, 8, high + padHigh + carry);
  }

  private void carry() {
    h1 += h0 >>> LIMB;
    h0 &= MASK;
    h2 += h1 >>> LIMB;
    h1 &= MASK;
    h0 += (h2 >>> TOP_LIMB) * TOP_WRAP;
    h2 &= TOP_MASK;
  }

  static long word(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static long first(long low) {
    return low & MASK;
  }

  static long second(long low, long high) {
    return ((low >>> LIMB) | (high << SECOND_IN_HIGH)) & MASK;
  }

  static long third(long high) {
    return high >>> THIRD_IN_HIGH;
  }

  private static long low(long a, long b) {
    return (a * b) & MASK;
  }

  private static long high(long a, long b) {
    return Math.multiplyHigh(a << SHIFT, b << SHIFT);
  }
}
