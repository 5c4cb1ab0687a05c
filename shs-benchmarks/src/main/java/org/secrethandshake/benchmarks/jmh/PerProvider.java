package org.secrethandshake.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;

/** What all benchmarks have in common: a backend, and microseconds per operation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public abstract class PerProvider {
  /** The name of the backend; the commands replace these by all that are available. */
  @Param({"bouncycastle", "sodium", "tink"})
  String provider = "";

  PerProvider() {}

  final CryptoProvider crypto() {
    return CryptoProviders.named(provider);
  }
}
