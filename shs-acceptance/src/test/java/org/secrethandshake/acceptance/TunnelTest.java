package org.secrethandshake.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.identity.MultiserverAddress;

/** Programs that know nothing of Secret Handshake, through both ends of a tunnel. */
@Timeout(90)
class TunnelTest {
  private static final int FILE_BYTES = 8 * 1024 * 1024;
  private static final int CURL_RECEIVE_ERROR = 56;
  private static final int PSQL_CONNECTION_LOST = 2;
  private static final int SIGTERM_EXIT = 143;

  private static final String ROWS =
      "copy (select n, md5(n::text) from generate_series(1, 200000) n) to stdout";

  @TempDir private Path folder;

  @Test
  void psqlGetsTheSameRowsAsWithoutIt() throws Exception {
    Requirement.POSTGRES.orSkip("psql through a tunnel");
    try (Postgres postgres = Postgres.start();
        TunnelProcess far = serverEnd(postgres.host() + ":" + postgres.port());
        TunnelProcess near = clientEnd(far)) {
      Path direct = folder.resolve("direct");
      Path through = folder.resolve("through");
      assertEquals(0, psql(postgres.port(), ROWS, direct).waitFor());
      assertEquals(0, psql(near.port(), ROWS, through).waitFor());
      assertEquals(-1, Files.mismatch(direct, through));
      assertTrue(Files.size(through) > 200_000 * 32);
    }
  }

  @Test
  void psqlSaysThatTheConnectionIsLostWhenAnEndIsTerminated() throws Exception {
    Requirement.POSTGRES.orSkip("psql through a tunnel");
    try (Postgres postgres = Postgres.start();
        TunnelProcess far = serverEnd(postgres.host() + ":" + postgres.port());
        TunnelProcess near = clientEnd(far)) {
      Path said = folder.resolve("said");
      String sleep = "select 'begun'; select pg_sleep(600)";
      Process psql = psql(near.port(), "\\echo begun\n" + sleep, said);
      awaitText(said, "begun");
      assertEquals(SIGTERM_EXIT, far.terminate());
      assertEquals(PSQL_CONNECTION_LOST, psql.waitFor(), () -> text(said));
    }
  }

  @Test
  void curlSendsAndReceivesAFile() throws Exception {
    Requirement.CURL.orSkip("curl through a tunnel");
    byte[] bytes = new byte[FILE_BYTES];
    new Random(1).nextBytes(bytes);
    Path file = Files.write(folder.resolve("file"), bytes);
    Path back = folder.resolve("back");
    HttpServer web = HttpServer.create(Peers.anyPort(), 0);
    web.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    web.start();
    try (TunnelProcess far = serverEnd("127.0.0.1:" + web.getAddress().getPort());
        TunnelProcess near = clientEnd(far)) {
      Process curl = curl(near, "--data-binary", "@" + file, "--output", back.toString());
      assertEquals(0, curl.waitFor(), () -> text(folder.resolve("curl")));
      assertEquals(-1, Files.mismatch(file, back));
    } finally {
      web.stop(0);
    }
  }

  /** Such a body has no length, so that only the kind of end tells a part from the whole. */
  @Test
  void curlTakesNoPartOfABodyForTheWholeWhenAnEndIsKilled() throws Exception {
    Requirement.CURL.orSkip("curl through a tunnel");
    for (boolean killNear : new boolean[] {true, false}) {
      try (ServerSocket web = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          TunnelProcess far = serverEnd("127.0.0.1:" + web.getLocalPort());
          TunnelProcess near = clientEnd(far)) {
        Path part = folder.resolve("part" + killNear);
        Process curl = curl(near, "--no-buffer", "--output", part.toString());
        try (Socket answering = web.accept()) {
          answering
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\npart".getBytes(UTF_8));
          awaitText(part, "part");
          (killNear ? near : far).kill();
          assertEquals(CURL_RECEIVE_ERROR, curl.waitFor(), () -> text(folder.resolve("curl")));
        }
      }
    }
  }

  /** A program that waits for the first word of its server, as mail programs do. */
  @Test
  void anEndThatIsKilledWhileItDialsLooksLikeNoEmptyAnswer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address =
          MultiserverAddress.of("127.0.0.1", silent.getLocalPort(), Peers.BOB.publicKey()).format();
      try (TunnelProcess near = TunnelProcess.start("--listen", "127.0.0.1:0", "--to", address);
          Socket program = new Socket(InetAddress.getLoopbackAddress(), near.port());
          Socket dialled = silent.accept()) {
        assertTrue(dialled.isConnected());
        near.kill();
        assertEquals(
            "Connection reset",
            assertThrows(IOException.class, () -> program.getInputStream().read()).getMessage());
      }
    }
  }

  @Test
  void curlLearnsThatTheServerCannotBeReached() throws Exception {
    Requirement.CURL.orSkip("curl through a tunnel");
    InetSocketAddress nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = (InetSocketAddress) closed.getLocalSocketAddress();
    }
    try (TunnelProcess far = serverEnd("127.0.0.1:" + nobody.getPort());
        TunnelProcess near = clientEnd(far)) {
      assertEquals(CURL_RECEIVE_ERROR, curl(near).waitFor());
    }
  }

  private static TunnelProcess serverEnd(String target) throws IOException {
    return TunnelProcess.start(
        "--listen-secret", "0", "--forward", target, "--allow-anyone", "--grace", "0.1");
  }

  private static TunnelProcess clientEnd(TunnelProcess far) throws IOException {
    return TunnelProcess.start("--listen", "127.0.0.1:0", "--to", far.address());
  }

  /** Standard output and error go to a file. */
  private Process psql(int port, String commands, Path output) throws IOException {
    Path script = Files.writeString(folder.resolve("script" + port), commands + "\n;\n");
    return run(
        output,
        Postgres.find("psql").orElseThrow().toString(),
        "--no-psqlrc",
        "--set=ON_ERROR_STOP=1",
        "--host=127.0.0.1",
        "--port=" + port,
        "--username=" + Postgres.USER,
        "--dbname=" + Postgres.DATABASE,
        "--file=" + script);
  }

  private Process curl(TunnelProcess near, String... options) throws IOException {
    String[] command =
        Stream.of(
                Stream.of("curl", "--silent", "--show-error", "--noproxy", "*"),
                Stream.of(options),
                Stream.of("http://127.0.0.1:" + near.port() + "/"))
            .flatMap(words -> words)
            .toArray(String[]::new);
    return run(folder.resolve("curl"), command);
  }

  private static Process run(Path output, String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static void awaitText(Path file, String text) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(file) || !text(file).contains(text)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("'" + text + "' did not come");
      }
      Thread.sleep(10);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
