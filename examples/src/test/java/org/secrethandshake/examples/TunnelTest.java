package org.secrethandshake.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.channel.SecretHandshake;

class TunnelTest {
  @Test
  void leadsAnHttpClientToThePlainServerBehindIt() throws IOException {
    HttpServer plain =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    plain.createContext(
        "/hello",
        exchange -> {
          byte[] body = "Hello!".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    plain.start();
    try (Served server = Served.by(Tunnel.to(plain.getAddress()));
        SecretHandshake shs = Served.side(IdentityKeyPair.generate(Served.CRYPTO));
        HttpGet http = new HttpGet(shs, server.address().alternatives().get(0))) {
      assertEquals("Hello!", http.get("hello"));
      assertEquals("Hello!", http.get("hello"));
    } finally {
      plain.stop(0);
    }
  }
}
