package org.secrethandshake.benchmarks.footprint;

import java.util.Optional;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;

/** The two steps of {@link CryptoProviders#named}, which the programs here time one by one. */
final class Backend {
  private Backend() {}

  /** Finds and constructs a backend, which loads nothing of its library. */
  static CryptoProvider find(String name) {
    for (CryptoProvider installed : CryptoProviders.installed()) {
      if (installed.name().equals(name)) {
        return installed;
      }
    }
    throw new IllegalStateException("no backend named " + name + " is on the class path");
  }

  /** Loads what it needs. */
  static void load(CryptoProvider crypto) {
    Optional<Throwable> cause = crypto.unavailability();
    if (cause.isPresent()) {
      throw new IllegalStateException(crypto.name() + " is not available", cause.get());
    }
  }

  /** Both steps. */
  static CryptoProvider named(String name) {
    CryptoProvider crypto = find(name);
    load(crypto);
    return crypto;
  }
}
