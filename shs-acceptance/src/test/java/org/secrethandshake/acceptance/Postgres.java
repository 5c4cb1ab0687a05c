package org.secrethandshake.acceptance;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server with an empty database, in a folder of its own, which trusts whoever
 * reaches its port on the loopback interface. Closing it ends the server and deletes the folder.
 *
 * <p>The server refuses to run as root, so under root it runs as another user.
 */
public final class Postgres implements AutoCloseable {
  /** The database's superuser. */
  public static final String USER = "shs";

  /** The database, which every server has from the start. */
  public static final String DATABASE = "postgres";

  private static final String HOST = "127.0.0.1";
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String READY = "database system is ready to accept connections";
  private static final int TRIES = 5;
  private static final int STOP_SECONDS = 10;

  private final Path folder;
  private final Process server;
  private final int port;

  private Postgres(Path folder, Process server, int port) {
    this.folder = folder;
    this.server = server;
    this.port = port;
  }

  /** Whether the programs of a server are there. */
  static boolean isInstalled() {
    return find("initdb").isPresent();
  }

  /**
   * Finds a program of PostgreSQL: on the {@code PATH}, in {@code /usr/local/bin}, or where Debian
   * puts those of a server.
   */
  public static Optional<Path> find(String program) {
    return Stream.of(path(), Stream.of(Path.of("/usr/local/bin")), debian())
        .flatMap(folders -> folders)
        .map(folder -> folder.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Stream<Path> path() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator)).map(Path::of);
  }

  private static Stream<Path> debian() {
    if (!Files.isDirectory(DEBIAN)) {
      return Stream.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions.map(version -> version.resolve("bin")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a database and starts its server, which answers when this returns. */
  public static Postgres start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("shs-postgres");
    try {
      handOver(folder);
      createDatabase(folder);
      return serve(folder);
    } catch (IOException | InterruptedException | RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  /** The server's address. */
  public String host() {
    return HOST;
  }

  /** The server's TCP port. */
  public int port() {
    return port;
  }

  private static void createDatabase(Path folder) throws IOException, InterruptedException {
    Process initdb =
        start(
            folder,
            "initdb",
            List.of(
                "--pgdata=" + data(folder),
                "--username=" + USER,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
    String output = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (initdb.waitFor() != 0) {
      throw new IOException("initdb failed: " + output);
    }
  }

  private static Postgres serve(Path folder) throws IOException {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < TRIES; i++) {
      int port = freePort();
      Process server =
          start(
              folder,
              "postgres",
              List.of(
                  "-D",
                  data(folder),
                  "-p",
                  Integer.toString(port),
                  "-c",
                  "listen_addresses=" + HOST,
                  "-c",
                  "unix_socket_directories=" + folder,
                  "-c",
                  "fsync=off",
                  "-c",
                  "shared_buffers=16MB"));
      if (awaitReady(server, log)) {
        return new Postgres(folder, server, port);
      }
    }
    throw new IOException("postgres does not start: " + log);
  }

  /** Somebody else may take the port before the server does: then the server ends. */
  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return probe.getLocalPort();
    }
  }

  private static boolean awaitReady(Process server, StringBuilder log) throws IOException {
    BufferedReader lines = server.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      log.append(line).append('\n');
      if (line.contains(READY)) {
        Thread drain = new Thread(() -> lines.lines().forEach(rest -> {}), "postgres-log");
        drain.setDaemon(true);
        drain.start();
        return true;
      }
    }
    return false;
  }

  private static Process start(Path folder, String program, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(asAnotherUser());
    command.add(find(program).orElseThrow(() -> new IOException("no " + program)).toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private static String data(Path folder) {
    return folder.resolve("data").toString();
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** Debian's package makes a user of this name, and every system has the other. */
  private static String otherUser() {
    try {
      Path.of("/")
          .getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName("postgres");
      return "postgres";
    } catch (IOException e) {
      return "nobody";
    }
  }

  private static List<String> asAnotherUser() {
    return isRoot()
        ? List.of("setpriv", "--reuid=" + otherUser(), "--clear-groups", "--")
        : List.of();
  }

  private static void handOver(Path folder) throws IOException {
    if (isRoot()) {
      Files.setOwner(
          folder,
          folder
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName(otherUser()));
    }
  }

  /** Ends the server at once, whatever its connections do. */
  @Override
  public void close() throws IOException {
    try {
      start(folder, "pg_ctl", List.of("stop", "--pgdata=" + data(folder), "--mode=immediate"))
          .waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      server.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.destroyForcibly();
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
