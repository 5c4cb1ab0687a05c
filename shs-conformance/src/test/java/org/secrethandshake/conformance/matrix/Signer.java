package org.secrethandshake.conformance.matrix;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.Edwards25519;

/**
 * Signs as an attacker may who knows the formulas: with a point of small order added to the key or
 * to R, and with multiples of L added to S. With none of these the signatures are valid; with them
 * the cofactored equation still holds, and the cofactorless one by chance.
 *
 * @param key the public key
 * @param keyScalar its secret scalar
 * @param nonce the point R
 * @param nonceScalar its secret scalar
 */
public record Signer(
    Edwards25519 key, BigInteger keyScalar, Edwards25519 nonce, BigInteger nonceScalar) {
  /** A key and a signature by it. */
  public record Signed(byte[] publicKey, byte[] signature) {}

  /** Derives the key from one seed and R from the other: each secret scalar is that of a seed. */
  public static Signer of(CryptoProvider crypto, byte[] keySeed, byte[] nonceSeed) {
    Formulas formulas = new Formulas(crypto, new byte[0]);
    return new Signer(
        Edwards25519.decode(formulas.publicKey(keySeed)),
        Edwards25519.number(formulas.scalar(keySeed)),
        Edwards25519.decode(formulas.publicKey(nonceSeed)),
        Edwards25519.number(formulas.scalar(nonceSeed)));
  }

  /** A signer whose key and R are of small order as soon as torsion is added to them. */
  static Signer small() {
    Edwards25519 identity = Edwards25519.TORSION.get(0);
    return new Signer(identity, BigInteger.ZERO, identity, BigInteger.ZERO);
  }

  /** The same signer with a point of small order added to its key and to R. */
  public Signer plus(int keyTorsion, int nonceTorsion) {
    return new Signer(
        key.plus(Edwards25519.TORSION.get(keyTorsion)),
        keyScalar,
        nonce.plus(Edwards25519.TORSION.get(nonceTorsion)),
        nonceScalar);
  }

  /** The same signer with another's R. */
  Signer withNonceOf(Signer other) {
    return new Signer(key, keyScalar, other.nonce, other.nonceScalar);
  }

  /** {@code R | S + excess L} with {@code S = r + SHA-512(R | A | message) a mod L}. */
  public Signed sign(byte[] message, int excess) {
    byte[] a = key.encoding();
    byte[] r = nonce.encoding();
    BigInteger h = Edwards25519.number(sha512(Formulas.concat(r, a, message)));
    BigInteger s = nonceScalar.add(h.multiply(keyScalar)).mod(Edwards25519.L);
    BigInteger sum = s.add(Edwards25519.L.multiply(BigInteger.valueOf(excess)));
    return new Signed(a, Formulas.concat(r, Edwards25519.littleEndian(sum)));
  }

  private static byte[] sha512(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
