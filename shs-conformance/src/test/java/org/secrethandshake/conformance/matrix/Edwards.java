package org.secrethandshake.conformance.matrix;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.secrethandshake.spi.CryptoProvider;

/** The curve by the book (RFC 8032, section 5.1), slow and independent of every backend. */
public record Edwards(BigInteger x, BigInteger y) {
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The order of the prime-order subgroup. */
  static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(inverse(BigInteger.valueOf(121666))).mod(P);

  /** The multiples of a point of order 8, from its zeroth on. */
  static final List<Edwards> TORSION =
      Stream.iterate(
              new Edwards(BigInteger.ZERO, BigInteger.ONE),
              point ->
                  point.plus(
                      of(
                          HexFormat.of()
                              .parseHex(
                                  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))))
          .limit(8)
          .toList();

  /** Decodes a point that is on the curve. */
  static Edwards of(byte[] encoding) {
    BigInteger number = number(encoding);
    BigInteger y = number.clearBit(255);
    BigInteger yy = y.multiply(y);
    BigInteger xx =
        yy.subtract(BigInteger.ONE).multiply(inverse(D.multiply(yy).add(BigInteger.ONE))).mod(P);
    BigInteger x = xx.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(xx)) {
      x = x.multiply(BigInteger.TWO.modPow(P.shiftRight(2), P)).mod(P);
    }
    return new Edwards(x.testBit(0) == number.testBit(255) ? x : P.subtract(x).mod(P), y);
  }

  Edwards plus(Edwards other) {
    BigInteger k = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
    BigInteger sumX = x.multiply(other.y).add(y.multiply(other.x));
    BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
    return new Edwards(
        sumX.multiply(inverse(BigInteger.ONE.add(k))).mod(P),
        sumY.multiply(inverse(BigInteger.ONE.subtract(k))).mod(P));
  }

  byte[] encoding() {
    return littleEndian(x.testBit(0) ? y.setBit(255) : y);
  }

  static BigInteger number(byte[] littleEndian) {
    byte[] magnitude = new byte[littleEndian.length];
    for (int i = 0; i < magnitude.length; i++) {
      magnitude[i] = littleEndian[magnitude.length - 1 - i];
    }
    return new BigInteger(1, magnitude);
  }

  static byte[] littleEndian(BigInteger number) {
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
