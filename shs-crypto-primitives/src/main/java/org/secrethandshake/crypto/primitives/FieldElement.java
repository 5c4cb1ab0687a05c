package org.secrethandshake.crypto.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A number modulo {@code p = 2^255 - 19}, in five limbs of 51 bits: {@code a0 + 2^51 a1 + 2^102 a2
 * + 2^153 a3 + 2^204 a4}.
 *
 * <p>For public values: it takes no care to run in constant time. Immutable.
 *
 * <p><b>Products.</b> A product of two limbs is split at bit 51: its low part belongs to the limb
 * of its weight, its high part to the next one. What goes beyond the fifth limb comes back
 * multiplied by 19, because {@code 2^255 = 19} modulo {@code p}.
 *
 * <p><b>Bounds.</b> Every limb is at least 0 and less than {@code B = 2^51 + 2^10}; all but the
 * first are even less than {@code 2^51}. Both parts of a product of two limbs are below {@code 2^51
 * + 2^12}; where squaring doubles a limb, count the part twice. The lowest sum has the most of
 * them, one once and nine 19 times, which is below {@code 172 (2^51 + 2^12) < 2^59}. The highest
 * sum has nine once and one 19 times, below {@code 28 (2^51 + 2^12)}; with what comes from below it
 * carries at most 28 out, and {@code 19 * 28 < 2^10} is what the first limb gets. A difference adds
 * {@code 2p} first, each limb of which is more than {@code B}, so that none becomes negative; sums
 * and differences carry less than products do.
 */
final class FieldElement {
  static final FieldElement ONE = new FieldElement(1, 0, 0, 0, 0);

  private static final int BYTES = 32;
  private static final int BITS = 51;
  private static final long MASK = (1L << BITS) - 1;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  // 2p, limb by limb: p = 2^255 - 19 is MASK in each limb, less 18 in the first.
  private static final long TWICE_P_0 = 2 * (MASK - 18);
  private static final long TWICE_P = 2 * MASK;

  final long a0;
  final long a1;
  final long a2;
  final long a3;
  final long a4;

  /** For the methods here, and for tests of the bounds. */
  FieldElement(long a0, long a1, long a2, long a3, long a4) {
    this.a0 = a0;
    this.a1 = a1;
    this.a2 = a2;
    this.a3 = a3;
    this.a4 = a4;
  }

  static FieldElement of(int value) {
    return new FieldElement(value, 0, 0, 0, 0);
  }

  /** Decodes 32 bytes, little-endian, without the highest bit. */
  static FieldElement decode(byte[] bytes) {
    long w0 = (long) WORD.get(bytes, 0);
    long w1 = (long) WORD.get(bytes, 8);
    long w2 = (long) WORD.get(bytes, 16);
    long w3 = (long) WORD.get(bytes, 24);
    return new FieldElement(
        w0 & MASK,
        ((w0 >>> 51) | (w1 << 13)) & MASK,
        ((w1 >>> 38) | (w2 << 26)) & MASK,
        ((w2 >>> 25) | (w3 << 39)) & MASK,
        (w3 >>> 12) & MASK);
  }

  /** Encodes the one representative that is less than {@code p}. */
  byte[] encode() {
    // By the bounds, the number is below 2p. So 19 is added to see whether it reaches 2^255, that
    // is, whether it is p or more; if so, 19 more without the bit 2^255 is p less.
    long q = (a0 + 19) >>> BITS;
    q = (a1 + q) >>> BITS;
    q = (a2 + q) >>> BITS;
    q = (a3 + q) >>> BITS;
    q = (a4 + q) >>> BITS;
    long b0 = a0 + 19 * q;
    long b1 = a1 + (b0 >>> BITS);
    long b2 = a2 + (b1 >>> BITS);
    long b3 = a3 + (b2 >>> BITS);
    long b4 = (a4 + (b3 >>> BITS)) & MASK;
    byte[] bytes = new byte[BYTES];
    WORD.set(bytes, 0, (b0 & MASK) | (b1 << 51));
    WORD.set(bytes, 8, ((b1 & MASK) >>> 13) | (b2 << 38));
    WORD.set(bytes, 16, ((b2 & MASK) >>> 26) | (b3 << 25));
    WORD.set(bytes, 24, ((b3 & MASK) >>> 39) | (b4 << 12));
    return bytes;
  }

  boolean is(FieldElement other) {
    return Arrays.equals(encode(), other.encode());
  }

  FieldElement plus(FieldElement b) {
    return carried(a0 + b.a0, a1 + b.a1, a2 + b.a2, a3 + b.a3, a4 + b.a4);
  }

  FieldElement minus(FieldElement b) {
    return carried(
        a0 + TWICE_P_0 - b.a0,
        a1 + TWICE_P - b.a1,
        a2 + TWICE_P - b.a2,
        a3 + TWICE_P - b.a3,
        a4 + TWICE_P - b.a4);
  }

  FieldElement negated() {
    return of(0).minus(this);
  }

  FieldElement times(FieldElement b) {
    long b0 = b.a0;
    long b1 = b.a1;
    long b2 = b.a2;
    long b3 = b.a3;
    long b4 = b.a4;
    return carried(
        low(a0, b0)
            + 19
                * (low(a1, b4)
                    + low(a2, b3)
                    + low(a3, b2)
                    + low(a4, b1)
                    + high(a0, b4)
                    + high(a1, b3)
                    + high(a2, b2)
                    + high(a3, b1)
                    + high(a4, b0)),
        low(a0, b1)
            + low(a1, b0)
            + high(a0, b0)
            + 19
                * (low(a2, b4)
                    + low(a3, b3)
                    + low(a4, b2)
                    + high(a1, b4)
                    + high(a2, b3)
                    + high(a3, b2)
                    + high(a4, b1)),
        low(a0, b2)
            + low(a1, b1)
            + low(a2, b0)
            + high(a0, b1)
            + high(a1, b0)
            + 19 * (low(a3, b4) + low(a4, b3) + high(a2, b4) + high(a3, b3) + high(a4, b2)),
        low(a0, b3)
            + low(a1, b2)
            + low(a2, b1)
            + low(a3, b0)
            + high(a0, b2)
            + high(a1, b1)
            + high(a2, b0)
            + 19 * (low(a4, b4) + high(a3, b4) + high(a4, b3)),
        low(a0, b4)
            + low(a1, b3)
            + low(a2, b2)
            + low(a3, b1)
            + low(a4, b0)
            + high(a0, b3)
            + high(a1, b2)
            + high(a2, b1)
            + high(a3, b0)
            + 19 * high(a4, b4));
  }

  FieldElement squared() {
    return squared(1);
  }

  /** Squares a number of times, that is, raises to the power {@code 2^times}. */
  FieldElement squared(int times) {
    long x0 = a0;
    long x1 = a1;
    long x2 = a2;
    long x3 = a3;
    long x4 = a4;
    for (int i = 0; i < times; i++) {
      long d0 = 2 * x0;
      long d1 = 2 * x1;
      long d2 = 2 * x2;
      long d3 = 2 * x3;
      long r0 =
          low(x0, x0)
              + 19 * (low(d1, x4) + low(d2, x3) + high(d0, x4) + high(d1, x3) + high(x2, x2));
      long r1 =
          low(d0, x1)
              + high(x0, x0)
              + 19 * (low(d2, x4) + low(x3, x3) + high(d1, x4) + high(d2, x3));
      long r2 =
          low(d0, x2)
              + low(x1, x1)
              + high(d0, x1)
              + 19 * (low(d3, x4) + high(d2, x4) + high(x3, x3));
      long r3 =
          low(d0, x3)
              + low(d1, x2)
              + high(d0, x2)
              + high(x1, x1)
              + 19 * (low(x4, x4) + high(d3, x4));
      long r4 =
          low(d0, x4) + low(d1, x3) + low(x2, x2) + high(d0, x3) + high(d1, x2) + 19 * high(x4, x4);
      r1 += r0 >>> BITS;
      r2 += r1 >>> BITS;
      r3 += r2 >>> BITS;
      r4 += r3 >>> BITS;
      x0 = (r0 & MASK) + 19 * (r4 >>> BITS);
      x1 = r1 & MASK;
      x2 = r2 & MASK;
      x3 = r3 & MASK;
      x4 = r4 & MASK;
    }
    return new FieldElement(x0, x1, x2, x3, x4);
  }

  /** Raises to the power {@code (p - 5) / 8 = 2^252 - 3}, on which all roots here are built. */
  FieldElement rootPower() {
    FieldElement x2 = squared().times(this); // 2^2 - 1
    FieldElement x4 = x2.squared(2).times(x2); // 2^4 - 1, and so on
    FieldElement x5 = x4.squared().times(this);
    FieldElement x10 = x5.squared(5).times(x5);
    FieldElement x20 = x10.squared(10).times(x10);
    FieldElement x40 = x20.squared(20).times(x20);
    FieldElement x50 = x40.squared(10).times(x10);
    FieldElement x100 = x50.squared(50).times(x50);
    FieldElement x200 = x100.squared(100).times(x100);
    FieldElement x250 = x200.squared(50).times(x50);
    return x250.squared(2).times(this);
  }

  private static FieldElement carried(long r0, long r1, long r2, long r3, long r4) {
    long s1 = r1 + (r0 >>> BITS);
    long s2 = r2 + (s1 >>> BITS);
    long s3 = r3 + (s2 >>> BITS);
    long s4 = r4 + (s3 >>> BITS);
    return new FieldElement(
        (r0 & MASK) + 19 * (s4 >>> BITS), s1 & MASK, s2 & MASK, s3 & MASK, s4 & MASK);
  }

  private static long low(long a, long b) {
    return (a * b) & MASK;
  }

  // Shifted left by 13 bits, the product has its bit 51 where the high word begins; both factors,
  // one of them doubled, stay below 2^59.
  private static long high(long a, long b) {
    return Math.multiplyHigh(a << 6, b << 7);
  }
}
