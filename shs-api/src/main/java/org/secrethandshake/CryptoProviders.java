package org.secrethandshake;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * Finds the installed crypto backends and chooses one, never falling back silently to another.
 *
 * <p>A backend is installed when its module is on the class path or module path, whether or not it
 * works. One that fails to load counts, so that a broken native library never turns quietly into
 * another backend. Stateless and thread-safe; every call looks again, with the context class loader
 * of the calling thread.
 */
public final class CryptoProviders {
  /** The system property that names the backend for {@link #onlyInstalled()}. */
  public static final String PROPERTY = "shs.crypto";

  /** A class loader that cannot list its services fails again on every attempt. */
  private static final int MAX_FAILURES = 20;

  private static final String GROUP = "org.secrethandshake";
  private static final String ARTIFACT_PREFIX = "shs-crypto-";

  private CryptoProviders() {}

  /**
   * Returns all installed backends, available or not, in the order in which they were found.
   *
   * <p>One whose class cannot be loaded is listed too: under the name {@code unloadable}, with its
   * {@link CryptoProvider#unavailability()}.
   */
  public static List<CryptoProvider> installed() {
    List<CryptoProvider> found = new ArrayList<>();
    Iterator<ServiceLoader.Provider<CryptoProvider>> candidates =
        ServiceLoader.load(CryptoProvider.class).stream().iterator();
    int failures = 0;
    while (failures < MAX_FAILURES) {
      try {
        if (!candidates.hasNext()) {
          break;
        }
        found.add(candidates.next().get());
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        found.add(new UnloadableProvider(e));
      }
    }
    return List.copyOf(found);
  }

  /**
   * Returns the backend of the given name.
   *
   * @throws CryptoProviderException if it is not installed or not available; the message says what
   *     is installed and how to add or repair it
   */
  public static CryptoProvider named(String name) {
    List<CryptoProvider> installed = installed();
    List<CryptoProvider> matches =
        installed.stream().filter(provider -> provider.name().equals(name)).toList();
    if (matches.isEmpty()) {
      throw new CryptoProviderException(
          "No crypto backend named '%s' is installed. %s Add %s to the class path or module path."
              .formatted(name, inventory(installed), coordinates(name)));
    }
    if (matches.size() > 1) {
      throw new CryptoProviderException(
          "%d crypto backends call themselves '%s': %s. Keep one of them on the path."
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
    List<CryptoProvider> installed = installed();
    if (installed.isEmpty()) {
      throw new CryptoProviderException(
          "No crypto backend is installed. Add one to the class path or module path, such as %s."
              .formatted(coordinates("bouncycastle")));
    }
    if (installed.size() > 1) {
      throw new CryptoProviderException(
          ("%s Several crypto backends are installed and none is chosen: call"
                  + " CryptoProviders.named(NAME), set -D%s=NAME, or keep only one of them on the path.")
              .formatted(inventory(installed), PROPERTY));
    }
    return available(installed.get(0));
  }

  private static CryptoProvider available(CryptoProvider provider) {
    Optional<Throwable> cause = provider.unavailability();
    if (cause.isPresent()) {
      throw new CryptoProviderException(
          "The crypto backend '%s' is installed but not available: %s"
              .formatted(provider.name(), cause.get().getMessage()),
          cause.get());
    }
    return provider;
  }

  private static String inventory(List<CryptoProvider> installed) {
    return installed.isEmpty()
        ? "None is installed."
        : installed.stream()
            .map(CryptoProviders::status)
            .collect(Collectors.joining("; ", "Installed: ", "."));
  }

  private static String status(CryptoProvider provider) {
    return provider.name()
        + provider
            .unavailability()
            .map(cause -> " (not available: " + cause.getMessage() + ")")
            .orElse(" (available)");
  }

  private static String coordinates(String name) {
    return GROUP + ":" + ARTIFACT_PREFIX + name;
  }
}
