package org.secrethandshake.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import org.junit.jupiter.api.Test;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.identity.NetAddress;

class HttpGetTest {
  private final IdentityKeyPair client = IdentityKeyPair.generate(Served.CRYPTO);

  @Test
  void getsWhatTheOwnerOfTheKeyHas() throws IOException {
    try (Served server = Served.by(HttpGetTest::answer);
        SecretHandshake shs = Served.side(client);
        HttpGet http = new HttpGet(shs, server.address().alternatives().get(0))) {
      assertEquals("GET /a/b HTTP/1.1\n", http.get("a/b"));
      assertEquals("GET /c HTTP/1.1\n", http.get("c"));
    }
  }

  @Test
  void getsNothingFromTheOwnerOfAnotherKey() throws IOException {
    try (Served server = Served.by(HttpGetTest::answer);
        SecretHandshake shs = Served.side(client)) {
      NetAddress way = server.address().alternatives().get(0);
      NetAddress other = NetAddress.of(way.host(), way.port(), client.publicKey());
      try (HttpGet http = new HttpGet(shs, other)) {
        Throwable reason = assertThrows(IOException.class, () -> http.get("a"));
        HandshakeException refusal = assertHandshake(reason);
        assertEquals(HandshakeException.Reason.CLOSED_BY_PEER, refusal.reason());
      }
    }
  }

  private static HandshakeException assertHandshake(Throwable reason) {
    Throwable cause = reason;
    while (!(cause instanceof HandshakeException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof HandshakeException refusal) {
      return refusal;
    }
    throw new AssertionError("the handshake did not fail", reason);
  }

  /** An HTTP server of one request for each connection, which tells what was asked for. */
  private static void answer(SecretChannel channel) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(channel.inputStream(), UTF_8));
    String request = in.readLine() + "\n";
    while (!in.readLine().isEmpty()) {
      // The headers of the request.
    }
    String response =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
            + request.length()
            + "\r\n\r\n"
            + request;
    channel.outputStream().write(response.getBytes(UTF_8));
  }
}
