package org.secrethandshake.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.secrethandshake.spi.CryptoProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows a whole channel, from the first hello to the last goodbye, with nothing to set up. */
@Command(
    name = "demo",
    header = "Watch two peers meet, hold a channel and part, on this machine.",
    description =
        "Runs once with each available backend, and briefly with each pair of different ones. With"
            + " --crypto NAME, only with that one.",
    footer = {"", "Example:", "  shs demo --megabytes 8"})
final class Demo implements Callable<Integer> {
  private static final int MAX_MEGABYTES = 1 << 20;

  private final Shell shell;

  @Option(
      names = "--megabytes",
      paramLabel = "N",
      description = "How much to transfer, in MiB. Default: 64")
  private int megabytes = 64;

  @Mixin private final CryptoOption crypto = new CryptoOption();

  Demo(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    if (megabytes < 1 || megabytes > MAX_MEGABYTES) {
      throw Failure.usage(
          "--megabytes must be 1 to %d, but is %d.".formatted(MAX_MEGABYTES, megabytes));
    }
    PrintStream out = new PrintStream(shell.out(), true, StandardCharsets.UTF_8);
    Style style = Style.of(shell);
    out.println("Secret Handshake: a client and a server meet over TCP on this machine.");
    List<String> results = new ArrayList<>();
    List<CryptoProvider> shown = crypto.shown();
    for (CryptoProvider provider : shown) {
      demonstrate(provider, out, style).ifPresent(results::add);
    }
    new MixedPairs(shown, out, style).run();
    if (results.isEmpty()) {
      throw Failure.usage("No crypto backend is available; shs providers says why.");
    }
    out.println();
    results.forEach(out::println);
    return ExitCodes.OK;
  }

  private Optional<String> demonstrate(CryptoProvider provider, PrintStream out, Style style)
      throws Exception {
    Optional<Throwable> cause = provider.unavailability();
    if (cause.isPresent()) {
      out.println();
      out.println(style.strong("Without " + provider.name()) + ": " + Words.of(cause.get()));
      return Optional.empty();
    }
    String summary = new DemoRun(provider, out, style, megabytes).run();
    return Optional.of(style.good("Done with " + provider.name()) + ": " + summary + ".");
  }
}
