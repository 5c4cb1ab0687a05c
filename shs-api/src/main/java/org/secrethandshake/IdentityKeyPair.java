package org.secrethandshake;

import java.util.Arrays;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A long-term identity: an Ed25519 key pair, {@code A}/{@code A_p} or {@code B}/{@code B_p} in the
 * protocol guide, bound to the backend that computes with it.
 *
 * <p>The public half is always derived from the seed, never taken from outside: a signature made
 * with a wrong public half would reveal the secret one. Only this class signs.
 *
 * <p>Thread-safe. Whoever creates one closes it, which wipes the seed; wiping on the JVM is best
 * effort. There is no {@code equals} and no serialized form.
 *
 * <pre>{@code
 * try (IdentityKeyPair alice = IdentityKeyPair.generate(CryptoProviders.onlyInstalled())) {
 *   System.out.println(alice.publicKey());
 * }
 * }</pre>
 */
public final class IdentityKeyPair implements AutoCloseable {
  /** Length of a seed. */
  public static final int SEED_BYTES = CryptoProvider.SEED_BYTES;

  private final CryptoProvider crypto;
  private final byte[] seed;
  private final byte[] derivedKey;
  private final IdentityKey publicKey;
  private boolean closed;

  private IdentityKeyPair(CryptoProvider crypto, byte[] seed, byte[] derivedKey) {
    this.crypto = crypto;
    this.seed = seed;
    this.derivedKey = derivedKey;
    this.publicKey = IdentityKey.of(derivedKey);
  }

  private static IdentityKeyPair derive(CryptoProvider crypto, byte[] seed) {
    byte[] publicKey = new byte[IdentityKey.BYTES];
    try {
      crypto.signPublicKey(seed, publicKey);
      return new IdentityKeyPair(crypto, seed, publicKey);
    } catch (Throwable failure) {
      Arrays.fill(seed, (byte) 0);
      throw failure;
    }
  }

  /** Creates a fresh identity from the backend's random bytes. */
  public static IdentityKeyPair generate(CryptoProvider crypto) {
    byte[] seed = new byte[SEED_BYTES];
    crypto.randomBytes(seed);
    return derive(crypto, seed);
  }

  /**
   * Restores an identity from its seed, which is copied.
   *
   * <p>An anonymous client is one whose seed is used once, or came with an invite.
   *
   * @throws IllegalArgumentException unless the seed has {@value #SEED_BYTES} bytes
   */
  public static IdentityKeyPair fromSeed(CryptoProvider crypto, byte[] seed) {
    Arguments.requireLength(seed, SEED_BYTES, "seed");
    return derive(crypto, seed.clone());
  }

  /** Returns the public half. Works on a closed pair too. */
  public IdentityKey publicKey() {
    return publicKey;
  }

  /**
   * Signs a message.
   *
   * @param message any length
   * @param signature receives {@link CryptoProvider#SIGNATURE_BYTES} bytes
   * @throws IllegalStateException if this pair is closed
   */
  public void sign(byte[] message, byte[] signature) {
    byte[] copy = exportSeed();
    try {
      crypto.sign(copy, derivedKey, message, signature);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /**
   * Gives the secret half in its X25519 form, {@code curve(A)} or {@code curve(B)}.
   *
   * @param scalar receives {@link CryptoProvider#SCALAR_BYTES} bytes, which the caller wipes
   * @throws IllegalStateException if this pair is closed
   */
  public void exportScalar(byte[] scalar) {
    byte[] copy = exportSeed();
    try {
      crypto.signSeedToScalar(copy, scalar);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /**
   * Returns an independent copy that computes with the given backend; the caller closes it. For
   * another backend than this pair's the public half is derived anew.
   *
   * @throws IllegalStateException if this pair is closed
   */
  public IdentityKeyPair copy(CryptoProvider crypto) {
    byte[] copy = exportSeed();
    return crypto == this.crypto
        ? new IdentityKeyPair(crypto, copy, derivedKey)
        : derive(crypto, copy);
  }

  /**
   * Returns a copy of the seed, the whole secret of this identity, which the caller wipes. Named so
   * that its uses are easy to find.
   *
   * @throws IllegalStateException if this pair is closed
   */
  public byte[] exportSeed() {
    synchronized (seed) {
      if (closed) {
        throw new IllegalStateException("this identity is closed and its seed is wiped");
      }
      return seed.clone();
    }
  }

  /** Wipes the seed. Closing again does nothing. */
  @Override
  public void close() {
    synchronized (seed) {
      closed = true;
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** Says what this is, without a key. */
  @Override
  public String toString() {
    return "IdentityKeyPair";
  }
}
