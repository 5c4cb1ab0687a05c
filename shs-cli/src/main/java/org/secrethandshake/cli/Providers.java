package org.secrethandshake.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.LoadFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the crypto backends and tries each. */
@Command(
    name = "providers",
    header = "List the installed crypto backends, and test each.",
    description = "With --crypto NAME, only that one.",
    footer = {"", "Example:", "  shs providers"})
final class Providers implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final CryptoOption crypto = new CryptoOption();

  Providers(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Failure {
    List<CryptoProvider> shown = crypto.shown();
    PrintStream out = new PrintStream(shell.out(), true, StandardCharsets.UTF_8);
    boolean allWork = true;
    for (CryptoProvider provider : shown) {
      allWork &= show(out, Style.of(shell), provider);
    }
    return allWork ? ExitCodes.OK : ExitCodes.DEFECT;
  }

  /** Shows one backend; {@code false} if it claims to be available and does not work. */
  private static boolean show(PrintStream out, Style style, CryptoProvider provider) {
    Optional<Throwable> cause = provider.unavailability();
    out.println(style.strong(provider.name()));
    out.println("  versions   " + provider.description());
    if (cause.isPresent()) {
      out.println("  available  " + style.bad("no: ") + LoadFailure.of(cause.get()).sentence());
      return true;
    }
    out.println("  available  " + style.good("yes"));
    Optional<String> fault = new SelfTest(provider).fault();
    out.println(
        "  self-test  "
            + fault
                .map(what -> style.bad("failed: ") + what)
                .orElse(style.good("passed: ") + SelfTest.CONTENT));
    return fault.isEmpty();
  }
}
