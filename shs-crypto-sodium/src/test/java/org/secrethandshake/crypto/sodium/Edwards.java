package org.secrethandshake.crypto.sodium;

import java.math.BigInteger;
import java.util.Optional;

/** The curve by the book (RFC 8032, section 5.1), slow and independent of what it is a test of. */
record Edwards(BigInteger x, BigInteger y) {
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  static final Edwards IDENTITY = new Edwards(BigInteger.ZERO, BigInteger.ONE);

  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(inverse(BigInteger.valueOf(121666))).mod(P);
  private static final int BYTES = 32;

  static final Edwards BASE =
      of(BigInteger.valueOf(4).multiply(inverse(BigInteger.valueOf(5))).mod(P)).orElseThrow();

  /** Returns a point of that {@code y}, or empty if there is none. */
  static Optional<Edwards> of(BigInteger y) {
    BigInteger yy = y.multiply(y);
    BigInteger xx =
        yy.subtract(BigInteger.ONE).multiply(inverse(D.multiply(yy).add(BigInteger.ONE))).mod(P);
    BigInteger x = xx.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(xx)) {
      x = x.multiply(BigInteger.TWO.modPow(P.shiftRight(2), P)).mod(P);
    }
    return x.multiply(x).mod(P).equals(xx) ? Optional.of(new Edwards(x, y)) : Optional.empty();
  }

  Edwards plus(Edwards other) {
    BigInteger k = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
    BigInteger sumX = x.multiply(other.y).add(y.multiply(other.x));
    BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
    return new Edwards(
        sumX.multiply(inverse(BigInteger.ONE.add(k))).mod(P),
        sumY.multiply(inverse(BigInteger.ONE.subtract(k))).mod(P));
  }

  Edwards times(BigInteger factor) {
    Edwards result = IDENTITY;
    for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
      result = result.plus(result);
      result = factor.testBit(bit) ? result.plus(this) : result;
    }
    return result;
  }

  /** Returns the X25519 form, {@code (1 + y) / (1 - y)}. */
  byte[] montgomery() {
    return littleEndian(BigInteger.ONE.add(y).multiply(inverse(BigInteger.ONE.subtract(y))).mod(P));
  }

  byte[] encoding() {
    byte[] bytes = littleEndian(y);
    bytes[BYTES - 1] |= (byte) (x.testBit(0) ? 0x80 : 0);
    return bytes;
  }

  static byte[] littleEndian(BigInteger number) {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = number.shiftRight(Byte.SIZE * i).byteValue();
    }
    return bytes;
  }

  private static BigInteger inverse(BigInteger number) {
    return number.modInverse(P);
  }
}
