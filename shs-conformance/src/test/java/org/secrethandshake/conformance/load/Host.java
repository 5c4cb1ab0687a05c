package org.secrethandshake.conformance.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A network namespace of Linux with one interface: for the programs in it, a host of its own. */
final class Host implements AutoCloseable {
  private final String name;
  private final String address;
  private final Tun device;

  /** Makes a host. The name is that of the namespace and of its interface. */
  Host(String name, String address) throws IOException {
    this.name = name;
    this.address = address;
    device = new Tun(name);
    ip("netns", "add", name);
    try {
      ip("link", "set", name, "netns", name);
      ip("-n", name, "address", "add", address + "/24", "dev", name);
      ip("-n", name, "link", "set", name, "up");
      ip("-n", name, "link", "set", "lo", "up");
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  String address() {
    return address;
  }

  Tun device() {
    return device;
  }

  /** Returns a program that is not started yet. */
  ProcessBuilder program(List<String> command) {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", name));
    whole.addAll(command);
    return new ProcessBuilder(whole);
  }

  private static void ip(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + output);
    }
  }

  @Override
  public void close() throws IOException {
    ip("netns", "delete", name);
  }
}
