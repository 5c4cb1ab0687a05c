package org.secrethandshake.benchmarks.report;

import org.secrethandshake.spi.CryptoProvider;

/**
 * A backend that was measured.
 *
 * @param name its name, which is the subject of its measurements
 * @param description its libraries, their versions and origin
 */
public record Backend(String name, String description) {
  /** A provider as the report names it. */
  public static Backend of(CryptoProvider provider) {
    return new Backend(provider.name(), provider.description());
  }
}
