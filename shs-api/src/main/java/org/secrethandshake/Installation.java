package org.secrethandshake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.LoadFailure;

/**
 * What one search for backends found, and where it looked.
 *
 * <p>Two class loaders are asked: the context class loader of the calling thread, because a library
 * that several applications share does not see what each of them adds, and the one that loaded this
 * class, because the context class loader of a pool's thread may be anybody's.
 */
final class Installation {
  /** The backends of this project and their classes. */
  private static final Map<String, String> OWN =
      new TreeMap<>(
          Map.of(
              "bouncycastle", "org.secrethandshake.crypto.bouncycastle.BouncyCastleCryptoProvider",
              "sodium", "org.secrethandshake.crypto.sodium.SodiumCryptoProvider",
              "tink", "org.secrethandshake.crypto.tink.TinkCryptoProvider"));

  private static final String COORDINATES = "org.secrethandshake:shs-crypto-";
  private static final String SUGGESTED = "bouncycastle";

  /** A class loader that cannot list its services fails again on every attempt. */
  private static final int MAX_FAILURES = 20;

  private final List<CryptoProvider> providers = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final Set<String> classNames = new HashSet<>();
  private final Set<String> failures = new HashSet<>();

  private Installation() {}

  static Installation search() {
    Installation installation = new Installation();
    @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader own = Installation.class.getClassLoader();
    if (context != null && context != own) {
      installation.search(new Place("the context class loader of this thread", context));
    }
    installation.search(new Place("the class loader of this library", own));
    return installation;
  }

  private void search(Place place) {
    places.add(place);
    if (!place.sharesOurApi()) {
      return;
    }
    Iterator<ServiceLoader.Provider<CryptoProvider>> candidates =
        ServiceLoader.load(CryptoProvider.class, place.loader()).stream().iterator();
    int attempts = 0;
    while (attempts < MAX_FAILURES) {
      try {
        if (!candidates.hasNext()) {
          break;
        }
        ServiceLoader.Provider<CryptoProvider> candidate = candidates.next();
        // By name, not by class: both loaders may have read the same jar, each for itself.
        if (classNames.add(candidate.type().getName())) {
          providers.add(candidate.get());
        }
      } catch (ServiceConfigurationError | LinkageError failure) {
        attempts++;
        if (failures.add(String.valueOf(failure.getMessage()))) {
          providers.add(new UnloadableProvider(failure));
        }
      }
    }
  }

  /** All backends found, each once, in the order in which they were found. */
  List<CryptoProvider> providers() {
    return List.copyOf(providers);
  }

  List<CryptoProvider> named(String name) {
    return providers.stream().filter(provider -> provider.name().equals(name)).toList();
  }

  /** The sentences about a search that found nothing at all. */
  String nothingFound() {
    List<String> unlisted = unlisted();
    return "No crypto backend is installed. "
        + (unlisted.isEmpty()
            ? "Add one to the class path or module path, such as " + COORDINATES + SUGGESTED + ". "
            : unlisted(unlisted) + " ")
        + searched();
  }

  /** The sentences about a search that did not find a certain backend. */
  String notFound(String name) {
    String advice;
    if (!OWN.containsKey(name)) {
      advice =
          "Check the name: the backends of this project are %s."
              .formatted(String.join(", ", OWN.keySet()));
    } else if (unlisted().contains(name)) {
      advice = unlisted(List.of(name));
    } else {
      advice = "Add " + COORDINATES + name + " to the class path or module path.";
    }
    boolean isClearWhere = places.size() == 1 && !providers.isEmpty();
    return "No crypto backend named '%s' is installed. %s %s".formatted(name, inventory(), advice)
        + (isClearWhere ? "" : " " + searched());
  }

  /** Says what is installed, and of what is not available, why. */
  String inventory() {
    return providers.isEmpty()
        ? "None is installed."
        : providers.stream()
            .map(Installation::status)
            .collect(Collectors.joining("; ", "Installed: ", "."));
  }

  private static String status(CryptoProvider provider) {
    return provider.name()
        + provider
            .unavailability()
            .map(cause -> " (not available: " + LoadFailure.of(cause).sentence() + ")")
            .orElse(" (available)");
  }

  /** The backends of this project that are on the path without being registered. */
  private List<String> unlisted() {
    return OWN.entrySet().stream()
        .filter(own -> !classNames.contains(own.getValue()))
        .filter(own -> places.stream().anyMatch(place -> place.sees(own.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String unlisted(List<String> names) {
    return "The classes of %s are there, but no file in META-INF/services lists them: whoever merges jars into one must merge these files, too."
        .formatted(String.join(" and ", names));
  }

  private String searched() {
    return places.stream()
        .map(Place::toString)
        .collect(Collectors.joining("; ", "Searched: ", "."));
  }

  /** A class loader and what it is to the caller. */
  private record Place(String role, ClassLoader loader) {
    /** One that has an API of its own finds backends for that one, which are of no use here. */
    boolean sharesOurApi() {
      try {
        return Class.forName(CryptoProvider.class.getName(), false, loader) == CryptoProvider.class;
      } catch (ClassNotFoundException | LinkageError absent) {
        return false;
      }
    }

    boolean sees(String className) {
      try {
        return CryptoProvider.class.isAssignableFrom(Class.forName(className, false, loader));
      } catch (ClassNotFoundException | LinkageError absent) {
        return false;
      }
    }

    // Not what the loader says of itself, which may be many lines.
    @Override
    public String toString() {
      String name =
          loader.getName() == null
              ? loader.getClass().getName()
                  + "@"
                  + Integer.toHexString(System.identityHashCode(loader))
              : "'" + loader.getName() + "'";
      return role
          + ", "
          + name
          + (sharesOurApi() ? "" : ", which does not see this copy of shs-api");
    }
  }
}
