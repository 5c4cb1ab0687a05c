package org.secrethandshake.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;

/** State that is made once for each backend. */
@State(Scope.Thread)
public abstract class PerProvider extends AverageMicros {
  /** The name of the backend; the command replaces these by all that are available. */
  @Param({"bouncycastle", "sodium", "tink"})
  String provider = "";

  /** For the benchmarks of this package. */
  PerProvider() {}

  /** The backend, looked up anew: for a set-up. */
  final CryptoProvider crypto() {
    return CryptoProviders.named(provider);
  }
}
