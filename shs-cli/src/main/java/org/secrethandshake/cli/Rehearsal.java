package org.secrethandshake.cli;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Does in one process what the commands do, so that Java can keep the classes for quick starts. The
 * start script runs it in the background; it shows nothing and touches no file.
 */
final class Rehearsal {
  private static final int PIPE_BYTES = 1024;
  private static final String LISTENING = "listening ";

  private Rehearsal() {}

  /** Ends with an error if a command does. */
  public static void main(String[] arguments) throws IOException {
    // As in a start, and for its classes; the streams it finds are not used.
    Shell.ofProcess();
    run("version");
    run("help", "connect");
    run("keygen", "--network");
    run("demo", "--megabytes", "1");
    for (CryptoProvider provider : CryptoProviders.installed()) {
      if (provider.unavailability().isEmpty()) {
        meet(provider.name());
      }
    }
    System.exit(ExitCodes.OK);
  }

  /** One channel between the two commands. */
  private static void meet(String crypto) throws IOException {
    PipedInputStream told = new PipedInputStream(PIPE_BYTES);
    PrintStream errors = new PrintStream(new PipedOutputStream(told), true, StandardCharsets.UTF_8);
    Thread listener =
        new Thread(
            () -> {
              Shs.run(shell("", errors), "listen", "--port", "0", "--crypto", crypto);
              errors.close();
            },
            "shs-rehearsal");
    listener.setDaemon(true);
    listener.start();
    BufferedReader lines = new BufferedReader(new InputStreamReader(told, StandardCharsets.UTF_8));
    String address = lines.readLine();
    if (address == null || !address.startsWith(LISTENING)) {
      throw new IOException("listen does not listen, but says: " + address);
    }
    run("connect", "--anonymous", "--crypto", crypto, address.substring(LISTENING.length()));
  }

  private static void run(String... arguments) {
    int exitCode =
        Shs.run(shell("hello", new PrintStream(OutputStream.nullOutputStream())), arguments);
    if (exitCode != ExitCodes.OK) {
      System.exit(exitCode);
    }
  }

  private static Shell shell(String input, PrintStream errors) {
    InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return new Shell(in, OutputStream.nullOutputStream(), errors, Map.of(), Set.of(), Set.of());
  }
}
