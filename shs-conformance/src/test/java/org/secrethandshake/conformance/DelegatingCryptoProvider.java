package org.secrethandshake.conformance;

import java.util.Optional;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/**
 * Passes every call on to another provider. A test extends it to change one operation, for example
 * to break one rule and see that it is noticed.
 *
 * <p>As thread-safe as the provider behind it.
 */
class DelegatingCryptoProvider implements CryptoProvider {
  private final CryptoProvider delegate;

  /** Creates a provider that acts as another one. */
  DelegatingCryptoProvider(CryptoProvider delegate) {
    this.delegate = delegate;
  }

  @Override
  public String name() {
    return delegate.name();
  }

  @Override
  public String description() {
    return delegate.description();
  }

  @Override
  public Optional<Throwable> unavailability() {
    return delegate.unavailability();
  }

  @Override
  public void randomBytes(byte[] out) {
    delegate.randomBytes(out);
  }

  @Override
  public void signPublicKey(byte[] seed, byte[] publicKey) {
    delegate.signPublicKey(seed, publicKey);
  }

  @Override
  public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    delegate.sign(seed, publicKey, message, signature);
  }

  @Override
  public Optional<VerifyKey> verifyKey(byte[] publicKey) {
    return delegate.verifyKey(publicKey);
  }

  @Override
  public void scalarMultBase(byte[] scalar, byte[] point) {
    delegate.scalarMultBase(scalar, point);
  }

  @Override
  public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
    return delegate.scalarMult(scalar, point, shared);
  }

  @Override
  public void signSeedToScalar(byte[] seed, byte[] scalar) {
    delegate.signSeedToScalar(seed, scalar);
  }

  @Override
  public void auth(byte[] key, byte[] message, byte[] tag) {
    delegate.auth(key, message, tag);
  }

  @Override
  public void hash(byte[] message, byte[] digest) {
    delegate.hash(message, digest);
  }

  @Override
  public SecretBox secretBox(byte[] key) {
    return delegate.secretBox(key);
  }
}
