package org.secrethandshake.handshake;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.VerifyKey;

/**
 * Plain comparisons of bytes that refuse unsafe Ed25519 encodings before the backend is asked, so
 * that the known forgery against the handshake (Cremers and Jackson, eprint 2019/526) fails even
 * with a backend that checks nothing. No compared value is a key; copies are wiped all the same,
 * because a signature of this handshake tells who signed it.
 */
final class Encodings {
  private static final int COORDINATE_BYTES = CryptoProvider.PUBLIC_KEY_BYTES;

  /** {@code p = 2^255 - 19}, little-endian. */
  private static final byte[] P =
      hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  /** The group order {@code L = 2^252 + 27742317777372353535851937790883648493}, little-endian. */
  private static final byte[] L =
      hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

  /** The eight points of small order, and the two encodings with x = 0 and the sign bit set. */
  private static final List<byte[]> UNSAFE =
      List.of(
          // order 1: the identity, y = 1
          hex("0100000000000000000000000000000000000000000000000000000000000000"),
          // order 2: y = -1
          hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
          // order 4: y = 0
          hex("0000000000000000000000000000000000000000000000000000000000000000"),
          hex("0000000000000000000000000000000000000000000000000000000000000080"),
          // order 8
          hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
          hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"),
          hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
          hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"),
          // y = 1 and y = -1 with x = 0 called negative: no point at all
          hex("0100000000000000000000000000000000000000000000000000000000000080"),
          hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"));

  private Encodings() {}

  /** Parses a public key by our own test of its bytes and then by the backend's. */
  static Optional<VerifyKey> validKey(CryptoProvider crypto, byte[] publicKey) {
    return isSafePoint(publicKey) ? crypto.verifyKey(publicKey) : Optional.empty();
  }

  /** Tells whether a point's encoding has {@code y < p} and is not one of the unsafe ones. */
  static boolean isSafePoint(byte[] point) {
    byte[] y = point.clone();
    y[y.length - 1] &= 0x7f;
    boolean isCanonical = isBelow(y, P);
    Bytes.wipe(y);
    return isCanonical && UNSAFE.stream().noneMatch(unsafe -> Arrays.equals(unsafe, point));
  }

  /** Tells whether a signature {@code R | S} has a safe {@code R} and {@code S < L}. */
  static boolean isSafeSignature(byte[] signature) {
    byte[] r = Arrays.copyOf(signature, COORDINATE_BYTES);
    byte[] s = Arrays.copyOfRange(signature, COORDINATE_BYTES, signature.length);
    boolean isSafe = isSafePoint(r) && isBelow(s, L);
    Bytes.wipe(r, s);
    return isSafe;
  }

  private static boolean isBelow(byte[] littleEndian, byte[] bound) {
    for (int i = bound.length - 1; i >= 0; i--) {
      int difference = Byte.compareUnsigned(littleEndian[i], bound[i]);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
