package org.secrethandshake.identity;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/** A provider that can do what key files need, with the JDK's Ed25519, and nothing else. */
final class KeyDerivation implements CryptoProvider {
  @Override
  public String name() {
    return "keyderivation";
  }

  @Override
  public String description() {
    return "the JDK's Ed25519 key derivation, for tests";
  }

  @Override
  public Optional<Throwable> unavailability() {
    return Optional.empty();
  }

  @Override
  public void randomBytes(byte[] out) {
    new SecureRandom().nextBytes(out);
  }

  @Override
  public void signPublicKey(byte[] seed, byte[] publicKey) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(seed));
      byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
      System.arraycopy(encoded, encoded.length - publicKey.length, publicKey, 0, publicKey.length);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    throw new UnsupportedOperationException();
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

  @Override
  public void signSeedToScalar(byte[] seed, byte[] scalar) {
    throw new UnsupportedOperationException();
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

  /** Makes the JDK's generator take the seed as the private key. */
  private static final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    FixedRandom(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] out) {
      System.arraycopy(Arrays.copyOf(bytes, out.length), 0, out, 0, out.length);
    }
  }
}
