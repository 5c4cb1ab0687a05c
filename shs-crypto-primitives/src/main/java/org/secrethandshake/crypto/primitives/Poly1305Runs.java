package org.secrethandshake.crypto.primitives;

import java.util.Arrays;

/**
 * The long part of Poly1305: four blocks a step, {@code h = (h + m1) r^4 + m2 r^3 + m3 r^2 + m4 r}.
 *
 * <p>Numbers are held as in {@link Poly1305}, but with 44 bits in the third limb, too. A product of
 * two numbers is, for each limb, a sum S of products of limbs, wider than a {@code long}. Needed
 * are its low 44 bits and the rest, {@code S >> 44}. Multiplying twice, for both halves of each
 * product, is what takes the time in {@link Poly1305}. Here S is computed once as a {@code long},
 * which gives it modulo 2^64, and once as a {@code double} in units of 2^44, which is near {@code S
 * / 2^44}. The first gives the low 44 bits of S and the 20 bits above them exactly; the second, all
 * that is above those.
 *
 * <p>The bounds that hold it together:
 *
 * <ul>
 *   <li>between steps each limb of {@code h} is below 2^44 + 2^10, and below 2^45 + 2^10 with a
 *       block added; a limb of a power of {@code r}, times 20 or not, is below 2^48.4; so all of
 *       them are a {@code double} exactly, also scaled by a power of two;
 *   <li>the first block's part of S is below 2^45.1 (2^44 + 2 2^48.4), that of each other block
 *       below 2^44 (2^44 + 2 2^48.4); so S is below 2^96 and the rest below 2^52;
 *   <li>a rest is the sum of twelve products, rounded some thirty times, each time by 2^-1 at most;
 *       so it is off by less than 2^5, far less than the 2^19 that 20 exact bits can mend;
 *   <li>of the three rests the one that wraps has no factor times 20 in it, so that 20 times as
 *       much is below 2^52.5; one more carry of limbs brings them within the first bound.
 * </ul>
 *
 * <p>No branch and no index depends on key or message, nor does any instruction's time on a
 * processor that multiplies integers, and adds, multiplies and converts normal numbers and zero, in
 * constant time: no subnormal number, infinity or NaN can come up, whose arithmetic may be slower.
 *
 * <p>The powers of {@code r} are borrowed from a small pool, and wiped before they go back. Not
 * thread-safe: whoever borrows them has them alone until they are closed, once.
 */
final class Poly1305Runs implements AutoCloseable {
  /** Blocks in a run. */
  static final int BLOCKS = 4;

  private static final int BYTES = BLOCKS * Poly1305.BLOCK_BYTES;

  /** The unit of the doubles, which stand for what exceeds a limb. */
  private static final double REST_UNIT = 1.0 / (1L << Poly1305.LIMB);

  /** Bits of what exceeds a limb that are within a {@code long}. */
  private static final int REST_LIMB = Long.SIZE - Poly1305.LIMB;

  private static final long REST_MASK = (1L << REST_LIMB) - 1;

  /** A double from here to its twofold has integers for its last bits. */
  private static final double INTEGERS = 0x1p52;

  private static final long INTEGERS_BITS = Double.doubleToRawLongBits(INTEGERS);

  // A factor of a multiplication: its limbs, and the upper two times 20.
  private static final int SECOND = 1;
  private static final int THIRD = 2;
  private static final int SECOND_WRAPPED = 3;
  private static final int THIRD_WRAPPED = 4;
  private static final int FACTOR = 5;

  private static final Spares<Poly1305Runs> POOL = new Spares<>();

  // r^4, r^3, r^2 and r, as factors.
  private final long[] powers = new long[BLOCKS * FACTOR];
  private final double[] scaledPowers = new double[BLOCKS * FACTOR];
  private long h0;
  private long h1;
  private long h2;

  private Poly1305Runs() {}

  static Poly1305Runs borrow() {
    Poly1305Runs spare = POOL.take();
    return spare == null ? new Poly1305Runs() : spare;
  }

  /** Sets a power of r, whose limbs keep the bounds of {@link Poly1305}. */
  void putPower(int exponent, long f0, long f1, long f2) {
    int at = (BLOCKS - exponent) * FACTOR;
    put(at, f0);
    put(at + SECOND, f1);
    put(at + THIRD, f2);
    put(at + SECOND_WRAPPED, f1 * Poly1305.WRAP);
    put(at + THIRD_WRAPPED, f2 * Poly1305.WRAP);
  }

  private void put(int at, long limb) {
    powers[at] = limb;
    scaledPowers[at] = limb * REST_UNIT;
  }

  /**
   * Takes as many runs as there are, from the beginning of a message, and returns where they end.
   */
  int absorb(byte[] data, int offset, int end) {
    final long[] f = powers;
    final double[] g = scaledPowers;
    long a0 = 0;
    long a1 = 0;
    long a2 = 0;
    int at = offset;
    for (; end - at >= BYTES; at += BYTES) {
      long sum0 = 0;
      long sum1 = 0;
      long sum2 = 0;
      double rest0 = 0;
      double rest1 = 0;
      double rest2 = 0;
      int block = at + Poly1305.BLOCK_BYTES;
      for (int power = FACTOR; power < BLOCKS * FACTOR; power += FACTOR) {
        long low = Poly1305.word(data, block);
        long high = Poly1305.word(data, block + 8);
        block += Poly1305.BLOCK_BYTES;
        long b0 = Poly1305.first(low);
        long b1 = Poly1305.second(low, high);
        long b2 = Poly1305.third(high) | Poly1305.BLOCK_END;
        sum0 += product0(b0, b1, b2, f, power);
        sum1 += product1(b0, b1, b2, f, power);
        sum2 += product2(b0, b1, b2, f, power);
        double d0 = b0;
        double d1 = b1;
        double d2 = b2;
        rest0 += product0(d0, d1, d2, g, power);
        rest1 += product1(d0, d1, d2, g, power);
        rest2 += product2(d0, d1, d2, g, power);
      }
      // The first block comes last, as its sum waits for the step before.
      long low = Poly1305.word(data, at);
      long high = Poly1305.word(data, at + 8);
      a0 += Poly1305.first(low);
      a1 += Poly1305.second(low, high);
      a2 += Poly1305.third(high) | Poly1305.BLOCK_END;
      sum0 += product0(a0, a1, a2, f, 0);
      sum1 += product1(a0, a1, a2, f, 0);
      sum2 += product2(a0, a1, a2, f, 0);
      double d0 = a0;
      double d1 = a1;
      double d2 = a2;
      rest0 += product0(d0, d1, d2, g, 0);
      rest1 += product1(d0, d1, d2, g, 0);
      rest2 += product2(d0, d1, d2, g, 0);
      a0 = (sum0 & Poly1305.MASK) + rest(sum2, rest2) * Poly1305.WRAP;
      a1 = (sum1 & Poly1305.MASK) + rest(sum0, rest0);
      a2 = (sum2 & Poly1305.MASK) + rest(sum1, rest1);
      long carry0 = a0 >>> Poly1305.LIMB;
      long carry1 = a1 >>> Poly1305.LIMB;
      a0 = (a0 & Poly1305.MASK) + (a2 >>> Poly1305.LIMB) * Poly1305.WRAP;
      a1 = (a1 & Poly1305.MASK) + carry0;
      a2 = (a2 & Poly1305.MASK) + carry1;
    }
    h0 = a0;
    h1 = a1;
    h2 = a2;
    return at;
  }

  long h0() {
    return h0;
  }

  long h1() {
    return h1;
  }

  long h2() {
    return h2;
  }

  private static long product0(long b0, long b1, long b2, long[] f, int at) {
    return b0 * f[at] + b1 * f[at + THIRD_WRAPPED] + b2 * f[at + SECOND_WRAPPED];
  }

  private static long product1(long b0, long b1, long b2, long[] f, int at) {
    return b0 * f[at + SECOND] + b1 * f[at] + b2 * f[at + THIRD_WRAPPED];
  }

  private static long product2(long b0, long b1, long b2, long[] f, int at) {
    return b0 * f[at + THIRD] + b1 * f[at + SECOND] + b2 * f[at];
  }

  private static double product0(double b0, double b1, double b2, double[] f, int at) {
    return b0 * f[at] + b1 * f[at + THIRD_WRAPPED] + b2 * f[at + SECOND_WRAPPED];
  }

  private static double product1(double b0, double b1, double b2, double[] f, int at) {
    return b0 * f[at + SECOND] + b1 * f[at] + b2 * f[at + THIRD_WRAPPED];
  }

  private static double product2(double b0, double b1, double b2, double[] f, int at) {
    return b0 * f[at + THIRD] + b1 * f[at + SECOND] + b2 * f[at];
  }

  /**
   * What exceeds a limb, exactly.
   *
   * @param sum modulo 2^64
   * @param rest near the result
   */
  static long rest(long sum, double rest) {
    long below = Double.doubleToRawLongBits(INTEGERS + rest) - INTEGERS_BITS - (REST_MASK >> 1);
    return below + (((sum >>> Poly1305.LIMB) - below) & REST_MASK);
  }

  /** Wipes the powers and the sum, and gives them back. */
  @Override
  public void close() {
    Arrays.fill(powers, 0);
    Arrays.fill(scaledPowers, 0);
    h0 = 0;
    h1 = 0;
    h2 = 0;
    POOL.giveBack(this);
  }
}
