package org.secrethandshake.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Objects;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.handshake.ServerKey;

/**
 * Makes {@link SecretSocket}s for the side that dials, for any library that takes a {@code
 * SocketFactory}.
 *
 * <p>A socket that connects has reached the owner of the key that is known for its address, and the
 * server has let us in; else {@code connect} throws. Give it to a library in place of its default,
 * and use the library without TLS: {@code http://} and not {@code https://}.
 *
 * <p>Thread-safe. The {@link SecretHandshake} stays the caller's to close, after the last connect;
 * sockets that are connected are not affected. A library that wants the name of a class gets that
 * of a subclass with the constructor that it calls.
 *
 * <pre>{@code
 * OkHttpClient http =
 *     new OkHttpClient.Builder().socketFactory(new SecretSocketFactory(shs, serversKey)).build();
 * }</pre>
 */
public class SecretSocketFactory extends SocketFactory {
  private final Role role;

  /**
   * Creates a factory whose sockets all dial one server, wherever it is.
   *
   * @throws IllegalArgumentException if the key is not a valid Ed25519 public key
   */
  public SecretSocketFactory(SecretHandshake shs, IdentityKey server) {
    this(shs, always(shs.serverKey(server)));
  }

  /** Creates a factory whose sockets dial many servers. */
  public SecretSocketFactory(SecretHandshake shs, ServerKeys servers) {
    this.role =
        new Role.Client(
            Objects.requireNonNull(shs, "shs"), Objects.requireNonNull(servers, "servers"));
  }

  private static ServerKeys always(ServerKey key) {
    return address -> key;
  }

  /** Makes a socket that is not connected. */
  @Override
  public SecretSocket createSocket() throws IOException {
    return SecretSocket.unconnected(role);
  }

  @Override
  public SecretSocket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public SecretSocket createSocket(String host, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(host, port), new InetSocketAddress(localAddress, localPort));
  }

  @Override
  public SecretSocket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public SecretSocket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) throws IOException {
    return connected(
        new InetSocketAddress(address, port), new InetSocketAddress(localAddress, localPort));
  }

  /**
   * Makes a socket over one that is connected already, such as one through a proxy, and does the
   * handshake.
   *
   * @param plain belongs to the new socket from now on
   * @param host the server's name, for looking up its key; it is not dialled
   * @param port the server's port, for looking up its key
   * @param autoClose whether the end of the new socket closes {@code plain}. If not, it shuts down
   *     both of its directions, because nothing can follow, and leaves it to the caller to close.
   *     Both happen also if this throws
   * @throws SocketException if {@code plain} is not connected
   * @throws org.secrethandshake.HandshakeException if the handshake fails
   */
  public SecretSocket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    if (!plain.isConnected()) {
      throw new SocketException("the socket below is not connected");
    }
    Closeable end = autoClose ? plain : () -> shutDown(plain);
    return SecretSocket.over(plain, end, role, InetSocketAddress.createUnresolved(host, port));
  }

  private static void shutDown(Socket plain) throws IOException {
    if (!plain.isClosed() && !plain.isOutputShutdown()) {
      plain.shutdownOutput();
    }
    if (!plain.isClosed() && !plain.isInputShutdown()) {
      plain.shutdownInput();
    }
  }

  private SecretSocket connected(InetSocketAddress address, @Nullable InetSocketAddress local)
      throws IOException {
    SecretSocket socket = createSocket();
    try {
      if (local != null) {
        socket.bind(local);
      }
      socket.connect(address);
      return socket;
    } catch (IOException | RuntimeException | Error e) {
      socket.close();
      throw e;
    }
  }
}
