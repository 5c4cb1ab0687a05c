package org.secrethandshake.conformance;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.secrethandshake.spi.CryptoProvider;

/** Encodings of Ed25519 points and scalars that the handshake refuses by itself. */
public final class UnsafeEncodings {
  /** The group order {@code L}. */
  private static final BigInteger L =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** {@code p = 2^255 - 19}. */
  private static final BigInteger P =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  private UnsafeEncodings() {}

  /** Small order (1, 2, 4, 4, 8, 8, 8, 8), and x = 0 with the sign bit set. */
  public static List<byte[]> smallOrder() {
    return Stream.of(
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")
        .map(HexFormat.of()::parseHex)
        .toList();
  }

  /** {@code y = p} to {@code 2^255 - 1}, with either sign: none is canonical. */
  public static List<byte[]> notCanonical() {
    return Stream.iterate(P, y -> y.bitLength() == 255, y -> y.add(BigInteger.ONE))
        .flatMap(y -> Stream.of(y, y.setBit(255)))
        .map(UnsafeEncodings::littleEndian)
        .toList();
  }

  public static List<byte[]> points() {
    return Stream.concat(smallOrder().stream(), notCanonical().stream()).toList();
  }

  /** The same signature with {@code S + L} in place of {@code S}. */
  static byte[] plusL(byte[] signature) {
    byte[] r = Arrays.copyOf(signature, CryptoProvider.PUBLIC_KEY_BYTES);
    byte[] s = Arrays.copyOfRange(signature, r.length, signature.length);
    return Formulas.concat(r, littleEndian(bigEndian(s).add(L)));
  }

  private static BigInteger bigEndian(byte[] littleEndian) {
    byte[] magnitude = new byte[littleEndian.length];
    for (int i = 0; i < magnitude.length; i++) {
      magnitude[i] = littleEndian[magnitude.length - 1 - i];
    }
    return new BigInteger(1, magnitude);
  }

  private static byte[] littleEndian(BigInteger value) {
    byte[] bytes = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = value.shiftRight(Byte.SIZE * i).byteValue();
    }
    return bytes;
  }
}
