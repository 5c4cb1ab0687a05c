package org.secrethandshake.testkit;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A point of the curve by the book (RFC 8032, section 5.1): slow, in no constant time, and
 * independent of every backend. For tests that make keys and signatures no library makes.
 *
 * <p>Immutable and thread-safe.
 *
 * @param x the first coordinate, below {@link #P}
 * @param y the second coordinate, below {@link #P}
 */
public record Edwards25519(BigInteger x, BigInteger y) {
  /** The field has as many elements. */
  public static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The order of the prime-order subgroup. */
  public static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** The neutral element. */
  public static final Edwards25519 IDENTITY = new Edwards25519(BigInteger.ZERO, BigInteger.ONE);

  private static final int SIGN_BIT = 255;
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(inverse(BigInteger.valueOf(121666))).mod(P);

  /** The generator of the prime-order subgroup. */
  public static final Edwards25519 BASE =
      withY(BigInteger.valueOf(4).multiply(inverse(BigInteger.valueOf(5))).mod(P)).orElseThrow();

  private static final Edwards25519 OF_ORDER_8 =
      decode(Bytes.bytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));

  /** The eight points of small order: the multiples of one of order 8, from the zeroth on. */
  public static final List<Edwards25519> TORSION =
      Stream.iterate(IDENTITY, point -> point.plus(OF_ORDER_8)).limit(8).toList();

  /** Returns a point of that {@code y}, or empty if there is none. */
  public static Optional<Edwards25519> withY(BigInteger y) {
    BigInteger yy = y.multiply(y);
    BigInteger xx =
        yy.subtract(BigInteger.ONE).multiply(inverse(D.multiply(yy).add(BigInteger.ONE))).mod(P);
    BigInteger x = xx.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(xx)) {
      x = x.multiply(BigInteger.TWO.modPow(P.shiftRight(2), P)).mod(P);
    }
    return x.multiply(x).mod(P).equals(xx) ? Optional.of(new Edwards25519(x, y)) : Optional.empty();
  }

  /**
   * Decodes a point.
   *
   * @throws java.util.NoSuchElementException if it is not on the curve
   */
  public static Edwards25519 decode(byte[] encoding) {
    BigInteger number = number(encoding);
    Edwards25519 point = withY(number.clearBit(SIGN_BIT)).orElseThrow();
    return point.x.testBit(0) == number.testBit(SIGN_BIT)
        ? point
        : new Edwards25519(P.subtract(point.x).mod(P), point.y);
  }

  /** Adds a point. */
  public Edwards25519 plus(Edwards25519 other) {
    BigInteger k = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
    BigInteger sumX = x.multiply(other.y).add(y.multiply(other.x));
    BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
    return new Edwards25519(
        sumX.multiply(inverse(BigInteger.ONE.add(k))).mod(P),
        sumY.multiply(inverse(BigInteger.ONE.subtract(k))).mod(P));
  }

  /** Multiplies by a number that is not negative. */
  public Edwards25519 times(BigInteger factor) {
    Edwards25519 result = IDENTITY;
    for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
      result = result.plus(result);
      result = factor.testBit(bit) ? result.plus(this) : result;
    }
    return result;
  }

  /** Returns the X25519 form, {@code (1 + y) / (1 - y)}, which the identity lacks. */
  public byte[] montgomery() {
    return littleEndian(BigInteger.ONE.add(y).multiply(inverse(BigInteger.ONE.subtract(y))).mod(P));
  }

  /** Returns the encoding: {@code y}, with the lowest bit of {@code x} at the top. */
  public byte[] encoding() {
    return littleEndian(x.testBit(0) ? y.setBit(SIGN_BIT) : y);
  }

  /** Reads a number of any length that is not negative. */
  public static BigInteger number(byte[] littleEndian) {
    byte[] magnitude = new byte[littleEndian.length];
    for (int i = 0; i < magnitude.length; i++) {
      magnitude[i] = littleEndian[magnitude.length - 1 - i];
    }
    return new BigInteger(1, magnitude);
  }

  /** Writes the lowest 256 bits of a number. */
  public static byte[] littleEndian(BigInteger number) {
    byte[] bytes = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = number.shiftRight(Byte.SIZE * i).byteValue();
    }
    return bytes;
  }

  private static BigInteger inverse(BigInteger number) {
    return number.modInverse(P);
  }
}
