package org.secrethandshake.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;

class ReconnectingClientTest {
  private final List<SecretChannel> served = new CopyOnWriteArrayList<>();
  private final SecretServer.Handler handler =
      channel -> {
        served.add(channel);
        RequestServer.respond(channel);
      };

  @Test
  void sendsAllRequestsOverOneChannel() throws Exception {
    try (Served server = Served.by(handler);
        ReconnectingClient client = client(server)) {
      assertEquals("ONE", client.request("one"));
      assertEquals("TWO", client.request("two"));
      assertEquals(1, served.size());
    }
  }

  @Test
  void dialsAgainWhenTheServerWasStartedAgain() throws Exception {
    Served server = Served.by(handler);
    try (ReconnectingClient client = client(server)) {
      assertEquals("ONE", client.request("one"));
      server.close();
      try (Served again = server.again(handler)) {
        assertEquals("TWO", client.request("two"));
        assertEquals(2, served.size());
        assertNotSame(served.get(0), served.get(1));
      }
    }
  }

  @Test
  void waitsForAServerThatIsAway() throws Exception {
    Served server = Served.by(handler);
    try (ReconnectingClient client = client(server)) {
      server.close();
      CompletableFuture<String> response;
      try (ServerSocket nobody = new ServerSocket(port(server), 1, address(server))) {
        response = CompletableFuture.supplyAsync(() -> ask(client, "one"));
        for (int dial = 0; dial < 3; dial++) {
          nobody.accept().close();
        }
      }
      try (Served again = server.again(handler)) {
        assertEquals("ONE", response.get(20, TimeUnit.SECONDS));
        assertEquals(1, served.size());
      }
    }
  }

  private static int port(Served server) {
    return server.address().alternatives().get(0).port();
  }

  private static InetAddress address(Served server) throws UnknownHostException {
    return InetAddress.getByName(server.address().alternatives().get(0).host());
  }

  private static String ask(ReconnectingClient client, String request) {
    try {
      return client.request(request);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private static ReconnectingClient client(Served server) {
    SecretHandshake shs = Served.side(IdentityKeyPair.generate(Served.CRYPTO));
    return new ReconnectingClient(shs, server.address());
  }
}
