package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.secrethandshake.spi.CryptoProvider;

/**
 * The shs1-test suite, every case: 45 peers for our client and 45 for our server, of which 25 each
 * misbehave. The suite starts its 45 programs at once; each is the forwarder, as a true process,
 * and speaks to the backend under test in this JVM.
 */
class Shs1SuiteTest {
  private static final String SEED = "secret-handshake-java";
  private static final long SUITE_SECONDS = 90;
  private static final long COUNT_MILLIS = 10_000;

  @BeforeEach
  void needsTheReference() {
    Requirement.NODE.orSkip("the 45 client and 45 server cases of shs1-test");
  }

  @BackendTest
  void ourClientPassesAllCases(CryptoProvider crypto) throws Exception {
    passes(
        "client",
        crypto,
        Map.of(
            "ok", 20,
            "serverHello refused as WRONG_NETWORK", 10,
            "serverAccept refused as BAD_SERVER_ACCEPT", 15));
  }

  @BackendTest
  void ourServerPassesAllCases(CryptoProvider crypto) throws Exception {
    passes(
        "server",
        crypto,
        Map.of(
            "ok", 20,
            "clientHello refused as WRONG_NETWORK", 10,
            "clientAuthenticate refused as BAD_CLIENT_AUTH", 10,
            // A key of random bytes is hardly ever valid; with this seed none of the five is.
            "clientAuthenticate refused as INVALID_KEY", 5));
  }

  private static void passes(String role, CryptoProvider crypto, Map<String, Integer> expected)
      throws Exception {
    try (Shs1FarEnd farEnd = new Shs1FarEnd(crypto);
        NodeProgram suite = suite(role, farEnd.port())) {
      String output = output(suite);
      assertTrue(suite.process().waitFor(1, TimeUnit.SECONDS), "the suite ends");
      String all = output + suite.errors();
      assertEquals(0, suite.process().exitValue(), all);
      assertTrue(output.contains("Passed the " + role + " test suite"), all);
      assertEquals(Map.copyOf(expected), farEnd.outcomes(COUNT_MILLIS), all);
      System.out.println(
          "shs1-test, %s %s, 45 cases, exit code 0, '%s', counted here: %s."
              .formatted(role, crypto.name(), output.strip(), farEnd.outcomes(0)));
    }
  }

  private static NodeProgram suite(String role, int port) throws IOException {
    String forwarder = Project.INTEROP.resolve("shs1-forwarder.js").toString();
    return NodeProgram.start(
        Map.of("SHS1_PORT", Integer.toString(port)),
        List.of("node_modules/shs1-test/test-" + role + ".js", forwarder, SEED));
  }

  /** All that the suite writes until it ends, which is bounded. */
  private static String output(NodeProgram suite)
      throws InterruptedException, ExecutionException, TimeoutException {
    return CompletableFuture.supplyAsync(() -> readAll(suite)).get(SUITE_SECONDS, TimeUnit.SECONDS);
  }

  private static String readAll(NodeProgram suite) {
    try {
      byte[] bytes = suite.process().getInputStream().readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "the suite's output broke: " + e;
    }
  }
}
