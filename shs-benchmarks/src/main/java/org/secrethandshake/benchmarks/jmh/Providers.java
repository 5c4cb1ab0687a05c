package org.secrethandshake.benchmarks.jmh;

import java.util.List;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;

/** The backends on the class path, a third party's among them. */
public final class Providers {
  private static final String UNAVAILABLE = "The backend '%s' cannot be measured here: %s";

  private Providers() {}

  /** The names of those that can be measured, in the order in which they were found. */
  public static List<String> names() {
    return CryptoProviders.installed().stream()
        .filter(provider -> provider.unavailability().isEmpty())
        .map(CryptoProvider::name)
        .toList();
  }

  /** A sentence for each that is installed and cannot be measured, with the cause. */
  public static List<String> unavailable() {
    return CryptoProviders.installed().stream()
        .flatMap(each -> each.unavailability().map(why -> sentence(each, why)).stream())
        .toList();
  }

  private static String sentence(CryptoProvider provider, Throwable why) {
    return UNAVAILABLE.formatted(provider.name(), why.getMessage());
  }
}
