package org.secrethandshake.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The side of a tunnel that knows nothing of Secret Handshake: {@code HOST:PORT}, or {@code
 * unix:PATH} for a socket of the Unix domain.
 *
 * @param host of TCP; not looked up before it is used, because its address may change
 * @param port of TCP
 * @param socketFile of the Unix domain, or {@code null} for TCP
 */
record PlainEndpoint(String host, int port, @Nullable Path socketFile) {
  private static final String UNIX = "unix:";
  private static final int MAX_PORT = 65535;
  private static final int BACKLOG = 4096;

  /**
   * Reads an endpoint; an IPv6 host stands in brackets.
   *
   * @throws IllegalArgumentException with a sentence
   */
  static PlainEndpoint parse(String text) {
    if (text.startsWith(UNIX)) {
      return new PlainEndpoint("", 0, path(text.substring(UNIX.length())));
    }
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "'%s': an IPv6 host stands in brackets, as in [::1]:5432.".formatted(text));
    }
    if (host.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' is neither HOST:PORT, such as 127.0.0.1:5432, nor unix:PATH.".formatted(text));
    }
    return new PlainEndpoint(host, port(text.substring(colon + 1)), null);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "'%s' is not a port from 0 to %d.".formatted(text, MAX_PORT));
  }

  private static Path path(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    throw new IllegalArgumentException("'%s' cannot be the path of a socket.".formatted(text));
  }

  /** Listens here. Whoever calls this closes the result, and then calls {@link #cleanUp}. */
  ServerSocketChannel listen() throws IOException {
    if (socketFile != null) {
      return SocketFile.listen(socketFile);
    }
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return listener.bind(new InetSocketAddress(host, port), BACKLOG);
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  /** Removes the socket file of a listener that is closed. */
  void cleanUp() throws IOException {
    if (socketFile != null) {
      SocketFile.removeIfStale(socketFile);
    }
  }

  /**
   * Connects to this endpoint.
   *
   * @param timeoutMillis how long TCP may take
   */
  SocketChannel connect(int timeoutMillis) throws IOException {
    if (socketFile != null) {
      SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
      return connected(socket, () -> socket.connect(UnixDomainSocketAddress.of(socketFile)));
    }
    SocketChannel socket = SocketChannel.open();
    return connected(
        socket,
        () -> {
          prepare(socket);
          socket.socket().connect(new InetSocketAddress(host, port), timeoutMillis);
        });
  }

  private interface Connecting {
    void run() throws IOException;
  }

  private static SocketChannel connected(SocketChannel socket, Connecting connecting)
      throws IOException {
    try {
      connecting.run();
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Small writes leave at once, and a machine that is gone is noticed. */
  static void prepare(SocketChannel socket) throws IOException {
    if (socket.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }
  }

  /** The endpoint as it is written, with the port that the system chose. */
  static String words(SocketAddress bound) {
    return bound instanceof UnixDomainSocketAddress unix ? UNIX + unix.getPath() : Words.of(bound);
  }

  @Override
  public String toString() {
    if (socketFile != null) {
      return UNIX + socketFile;
    }
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
