package org.secrethandshake.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An end of {@code shs tunnel} in a process of its own. */
final class TunnelProcess implements AutoCloseable {
  private static final String LISTENING = "listening ";
  private static final int STOP_SECONDS = 20;

  private final Process process;
  private final String address;

  private TunnelProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Starts an end, and returns once it listens. */
  static TunnelProcess start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.secrethandshake.cli.Shs",
                "tunnel"));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).start();
    BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(LISTENING)) {
        drain(lines);
        return new TunnelProcess(process, line.substring(LISTENING.length()).strip());
      }
      said.append(line).append('\n');
    }
    throw new IOException("the tunnel does not start: " + said);
  }

  /** A process whose log nobody reads would wait at some point. */
  private static void drain(BufferedReader lines) {
    Thread drain =
        new Thread(
            () -> {
              try {
                lines.transferTo(Writer.nullWriter());
              } catch (IOException e) {
                // The process has ended.
              }
            },
            "tunnel-log");
    drain.setDaemon(true);
    drain.start();
  }

  /** Where it listens. */
  String address() {
    return address;
  }

  /** The port of a plain address. */
  int port() {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** Ends the process as SIGTERM does, and returns its exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the tunnel does not end");
    }
    return process.exitValue();
  }

  /** Ends the process as SIGKILL does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
