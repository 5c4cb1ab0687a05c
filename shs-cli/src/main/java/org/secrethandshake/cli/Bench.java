package org.secrethandshake.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.secrethandshake.spi.CryptoProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures the backends on this machine, briefly, if the benchmarks are installed. */
@Command(
    name = "bench",
    header = "Measure the crypto backends on this machine, in two minutes.",
    description =
        "With --crypto NAME, only that one. Leave the machine alone meanwhile. For charts, error bars and comparisons, run the report of"
            + " shs-benchmarks.",
    footer = {"", "Example:", "  shs bench"})
final class Bench implements Callable<Integer> {
  /** The name under which the benchmarks are found; nothing here depends on their classes. */
  private static final String TOOL = "shs-benchmarks";

  private static final String DRAWINGS = "--drawings";

  private final Shell shell;

  @Mixin private final CryptoOption crypto = new CryptoOption();

  Bench(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Failure {
    ToolProvider benchmarks = ToolProvider.findFirst(TOOL).orElseThrow(Bench::notInstalled);
    List<String> backends =
        crypto.shown().stream()
            .filter(provider -> provider.unavailability().isEmpty())
            .map(CryptoProvider::name)
            .toList();
    if (backends.isEmpty()) {
      throw Failure.usage("No such crypto backend is available; shs providers says why.");
    }
    Stream<String> drawings = Style.of(shell).hasDrawings() ? Stream.of(DRAWINGS) : Stream.empty();
    return benchmarks.run(
        new PrintWriter(shell.out(), true, StandardCharsets.UTF_8),
        new PrintWriter(shell.err(), true, StandardCharsets.UTF_8),
        Stream.concat(backends.stream(), drawings).toArray(String[]::new));
  }

  private static Failure notInstalled() {
    return Failure.usage(
        "The benchmarks are not installed. They are the Debian package secret-handshake-bench, or"
            + " secret-handshake-bench-VERSION.zip, which is unpacked over the folder of shs.");
  }
}
