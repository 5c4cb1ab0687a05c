package org.secrethandshake.crypto.primitives;

import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519Field;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;

/**
 * An Ed25519 point that meets the rule for keys: its encoding is canonical, and it lies in the
 * prime-order subgroup and is not the identity.
 *
 * <p>Immutable and thread-safe.
 */
public final class PrimeOrderPoint {
  private final PublicPoint edwards;
  private final byte[] montgomery;

  private PrimeOrderPoint(PublicPoint edwards, byte[] montgomery) {
    this.edwards = edwards;
    this.montgomery = montgomery;
  }

  /**
   * Decodes and validates a point.
   *
   * @param encoding {@value Ed25519#PUBLIC_KEY_SIZE} bytes
   * @return the point, or empty if the rule refuses it
   */
  public static Optional<PrimeOrderPoint> decode(byte[] encoding) {
    PublicPoint edwards = Ed25519.validatePublicKeyFullExport(encoding, 0);
    return edwards == null
        ? Optional.empty()
        : Optional.of(new PrimeOrderPoint(edwards, toMontgomery(encoding)));
  }

  /**
   * Tells whether such a point stands at the beginning of an array, as {@code R} does in a
   * signature.
   */
  public static boolean begins(byte[] bytes) {
    return Ed25519.validatePublicKeyFull(bytes, 0);
  }

  /** Returns the point as Bouncy Castle's {@code verify} takes it. */
  public PublicPoint edwards() {
    return edwards;
  }

  /** Gives the {@code u} coordinate of the point in its X25519 form, 32 bytes. */
  public void montgomery(byte[] u) {
    System.arraycopy(montgomery, 0, u, 0, montgomery.length);
  }

  // u = (1 + y) / (1 - y), RFC 7748, section 4.1. The divisor is not zero: y = 1 is the identity.
  private static byte[] toMontgomery(byte[] encoding) {
    int[] one = X25519Field.create();
    X25519Field.one(one);
    int[] y = X25519Field.create();
    X25519Field.decode255(encoding, y);

    int[] u = X25519Field.create();
    int[] divisor = X25519Field.create();
    X25519Field.apm(one, y, u, divisor);
    X25519Field.inv(divisor, divisor);
    X25519Field.mul(u, divisor, u);
    X25519Field.normalize(u);

    byte[] bytes = new byte[Ed25519.PUBLIC_KEY_SIZE];
    X25519Field.encode(u, bytes);
    return bytes;
  }
}
