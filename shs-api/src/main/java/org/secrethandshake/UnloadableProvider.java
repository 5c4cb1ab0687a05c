package org.secrethandshake;

import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.LoadFailure;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/**
 * Stands for an installed backend whose class could not be loaded, so that it is listed with its
 * cause and counted as installed. Every operation reports that cause.
 */
final class UnloadableProvider implements CryptoProvider {
  private final CryptoProviderException cause;

  /** Takes what the search for backends threw when it came to this one. */
  UnloadableProvider(Throwable failure) {
    cause = new CryptoProviderException(sentence(failure), failure);
  }

  private static String sentence(Throwable failure) {
    String why =
        failure instanceof ServiceConfigurationError
            ? withoutInterface(failure) + because(failure.getCause())
            : LoadFailure.of(failure).inWords();
    return "A crypto backend is registered and cannot be loaded: " + why + ".";
  }

  // The service loader's sentence begins with the interface, and names the backend's class then.
  private static String withoutInterface(Throwable failure) {
    return String.valueOf(failure.getMessage()).replace(CryptoProvider.class.getName() + ": ", "");
  }

  private static String because(@Nullable Throwable cause) {
    return cause == null ? "" : " (" + LoadFailure.of(cause).inWords() + ")";
  }

  @Override
  public String name() {
    return "unloadable";
  }

  @Override
  public String description() {
    return "a crypto backend that cannot be loaded";
  }

  @Override
  public Optional<Throwable> unavailability() {
    return Optional.of(cause);
  }

  @Override
  public void randomBytes(byte[] out) {
    throw unavailable();
  }

  @Override
  public void signPublicKey(byte[] seed, byte[] publicKey) {
    throw unavailable();
  }

  @Override
  public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    throw unavailable();
  }

  @Override
  public Optional<VerifyKey> verifyKey(byte[] publicKey) {
    throw unavailable();
  }

  @Override
  public void scalarMultBase(byte[] scalar, byte[] point) {
    throw unavailable();
  }

  @Override
  public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
    throw unavailable();
  }

  @Override
  public void signSeedToScalar(byte[] seed, byte[] scalar) {
    throw unavailable();
  }

  @Override
  public void auth(byte[] key, byte[] message, byte[] tag) {
    throw unavailable();
  }

  @Override
  public void hash(byte[] message, byte[] digest) {
    throw unavailable();
  }

  @Override
  public SecretBox secretBox(byte[] key) {
    throw unavailable();
  }

  private CryptoProviderException unavailable() {
    return new CryptoProviderException("This crypto backend could not be loaded.", cause);
  }
}
