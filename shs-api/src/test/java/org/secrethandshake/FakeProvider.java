package org.secrethandshake;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/**
 * A provider without cryptography: its public keys are hashes of seeds and its random bytes count
 * up from 1. What no test here needs is unsupported.
 */
class FakeProvider implements CryptoProvider {
  private final String name;

  FakeProvider(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "a fake, for tests";
  }

  @Override
  public Optional<Throwable> unavailability() {
    return Optional.empty();
  }

  @Override
  public void randomBytes(byte[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (i + 1);
    }
  }

  @Override
  public void signPublicKey(byte[] seed, byte[] publicKey) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(seed);
      System.arraycopy(digest, 0, publicKey, 0, publicKey.length);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** The "signature" shows what the backend was given: {@code seed | publicKey}. */
  @Override
  public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    System.arraycopy(seed, 0, signature, 0, seed.length);
    System.arraycopy(publicKey, 0, signature, seed.length, publicKey.length);
  }

  @Override
  public Optional<VerifyKey> verifyKey(byte[] publicKey) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void scalarMultBase(byte[] scalar, byte[] point) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
    throw new UnsupportedOperationException();
  }

  /** The "scalar" is the seed with every bit flipped. */
  @Override
  public void signSeedToScalar(byte[] seed, byte[] scalar) {
    for (int i = 0; i < seed.length; i++) {
      scalar[i] = (byte) ~seed[i];
    }
  }

  @Override
  public void auth(byte[] key, byte[] message, byte[] tag) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void hash(byte[] message, byte[] digest) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SecretBox secretBox(byte[] key) {
    throw new UnsupportedOperationException();
  }
}
