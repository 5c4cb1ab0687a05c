package org.secrethandshake.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.socket.SecretServerSocketFactory;

/**
 * An HTTP server that can only be reached by secret handshakes. It answers {@code /echo} with what
 * it was sent, {@code /endless} without an end, and {@code /late} after {@link #answerTheLate}.
 */
abstract class HttpEnd implements AutoCloseable {
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch late = new CountDownLatch(1);
  private final CountDownLatch endlessEnded = new CountDownLatch(1);

  abstract InetSocketAddress address();

  String url(String path) {
    return "http://%s:%d%s"
        .formatted(address().getAddress().getHostAddress(), address().getPort(), path);
  }

  /** How many handshakes clients have finished. */
  int connections() {
    return connections.get();
  }

  void answerTheLate() {
    late.countDown();
  }

  /** Waits until the server has noticed that nobody reads its endless answer any more. */
  void awaitEndOfEndless() throws InterruptedException {
    endlessEnded.await();
  }

  Authorizer counting() {
    return client -> Optional.of(connections.incrementAndGet());
  }

  /** Writes an answer. */
  void answer(String path, InputStream request, OutputStream response) throws IOException {
    switch (path) {
      // The whole request first, because a client sends all of it before it reads.
      case "/echo" -> response.write(request.readAllBytes());
      case "/late" -> awaitLate();
      case "/endless" -> {
        try {
          while (true) {
            response.write(new byte[8192]);
            response.flush();
          }
        } finally {
          endlessEnded.countDown();
        }
      }
      default -> throw new IOException("nothing is at " + path);
    }
  }

  private void awaitLate() throws IOException {
    try {
      late.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** The JDK's server, which accepts by itself, behind a relay. */
  static final class OfTheJdk extends HttpEnd {
    private final HttpServer http = HttpServer.create(Peers.anyPort(), 0);
    private final SecretServer relay;

    OfTheJdk() throws IOException {
      http.setExecutor(Peers.THREADS);
      http.createContext("/", this::handle);
      http.start();
      relay =
          SecretServer.builder(Peers.SERVER)
              .authorizer(counting())
              .handler(Peers.relayTo(http.getAddress()))
              .start(Peers.anyPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
      try (exchange) {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
          answer(exchange.getRequestURI().getPath(), exchange.getRequestBody(), body);
        }
      }
    }

    @Override
    InetSocketAddress address() {
      return relay.localAddress();
    }

    @Override
    public void close() {
      answerTheLate();
      relay.close();
      http.stop(0);
    }
  }

  /** Apache's server, which takes a factory of server sockets. */
  static final class OfApache extends HttpEnd {
    private final org.apache.hc.core5.http.impl.bootstrap.HttpServer http;

    OfApache() throws IOException {
      http =
          ServerBootstrap.bootstrap()
              .setLocalAddress(InetAddress.getByName(Peers.HOST))
              .setListenerPort(0)
              .setCanonicalHostName(Peers.HOST)
              .setServerSocketFactory(new SecretServerSocketFactory(Peers.SERVER, counting()))
              .register("*", this::handle)
              .create();
      http.start();
    }

    private void handle(
        ClassicHttpRequest request, ClassicHttpResponse response, HttpContext context)
        throws IOException {
      String path = request.getPath();
      InputStream body =
          request.getEntity() == null
              ? InputStream.nullInputStream()
              : request.getEntity().getContent();
      response.setEntity(new Answer(output -> answer(path, body, output)));
    }

    @Override
    InetSocketAddress address() {
      return new InetSocketAddress(http.getInetAddress(), http.getLocalPort());
    }

    @Override
    public void close() {
      answerTheLate();
      http.close(CloseMode.IMMEDIATE);
    }
  }
}
