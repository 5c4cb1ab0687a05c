package org.secrethandshake;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.LoadFailure;

/**
 * Finds the installed crypto backends and chooses one, never falling back silently to another.
 *
 * <p>A backend is installed when its module is on the class path or module path, whether or not it
 * works. One that fails to load counts, so that a broken native library never turns quietly into
 * another backend.
 *
 * <p>Every call looks again, through the context class loader of the calling thread and then
 * through the one that loaded this class; what both see is listed once. Stateless and thread-safe.
 */
public final class CryptoProviders {
  /** The system property that names the backend for {@link #onlyInstalled()}. */
  public static final String PROPERTY = "shs.crypto";

  private CryptoProviders() {}

  /**
   * Returns all installed backends, available or not, in the order in which they were found.
   *
   * <p>One whose class cannot be loaded is listed too: under the name {@code unloadable}, with its
   * {@link CryptoProvider#unavailability()}.
   */
  public static List<CryptoProvider> installed() {
    return Installation.search().providers();
  }

  /**
   * Returns the backend of the given name.
   *
   * @throws CryptoProviderException if it is not installed or not available; the message says what
   *     is installed and how to add or repair it
   */
  public static CryptoProvider named(String name) {
    Objects.requireNonNull(name);
    Installation installation = Installation.search();
    List<CryptoProvider> matches = installation.named(name);
    if (matches.isEmpty()) {
      throw new CryptoProviderException(installation.notFound(name));
    }
    if (matches.size() > 1) {
      throw new CryptoProviderException(
          "%s crypto backends call themselves '%s': %s. Keep one of them on the path."
              .formatted(
                  matches.size(),
                  name,
                  matches.stream().map(match -> match.getClass().getName()).toList()));
    }
    return available(matches.get(0));
  }

  /**
   * Returns the backend named by the system property {@value #PROPERTY}, else the only one
   * installed.
   *
   * @throws CryptoProviderException if none or several are installed and the property chooses none,
   *     or if the chosen one is not available; the message lists them and says how to choose
   */
  public static CryptoProvider onlyInstalled() {
    String chosen = System.getProperty(PROPERTY);
    if (chosen != null) {
      return named(chosen);
    }
    Installation installation = Installation.search();
    List<CryptoProvider> installed = installation.providers();
    if (installed.isEmpty()) {
      throw new CryptoProviderException(installation.nothingFound());
    }
    if (installed.size() > 1) {
      throw new CryptoProviderException(
          ("%s Several crypto backends are installed and none is chosen: call"
                  + " CryptoProviders.named(NAME), set -D%s=NAME, or keep only one of them on the path.")
              .formatted(installation.inventory(), PROPERTY));
    }
    return available(installed.get(0));
  }

  private static CryptoProvider available(CryptoProvider provider) {
    Optional<Throwable> cause = provider.unavailability();
    if (cause.isPresent()) {
      throw new CryptoProviderException(
          "The crypto backend '%s' is installed but not available: %s"
              .formatted(provider.name(), LoadFailure.of(cause.get()).sentence()),
          cause.get());
    }
    return provider;
  }
}
