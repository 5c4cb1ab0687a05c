package org.secrethandshake.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Objects;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;

/**
 * Makes server sockets whose connections are {@link SecretSocket}s, for any server that takes a
 * {@code ServerSocketFactory}.
 *
 * <p>The server reads nothing of a client, and sends it nothing, before the client has proved its
 * identity and the authorizer has let it in. {@code accept} returns a connection before its
 * handshake, which its first read or write does, on the thread that the server has for it. So one
 * silent client holds up nobody, but strangers do occupy such threads, each for as long as a
 * handshake may take; a {@link org.secrethandshake.channel.SecretServer} bounds them, and can relay
 * to a server behind it.
 *
 * <p>Thread-safe. The {@link SecretHandshake} stays the caller's to close, after the last
 * handshake.
 *
 * <pre>{@code
 * ServerSocket listener =
 *     new SecretServerSocketFactory(shs, Authorizer.only(friends)).createServerSocket(8008);
 * }</pre>
 */
public class SecretServerSocketFactory extends ServerSocketFactory {
  private static final int DEFAULT_BACKLOG = 50;

  private final Role role;

  /**
   * Creates a factory.
   *
   * @param authorizer decides who is let in
   */
  public SecretServerSocketFactory(SecretHandshake shs, Authorizer authorizer) {
    this.role =
        new Role.Server(
            Objects.requireNonNull(shs, "shs"), Objects.requireNonNull(authorizer, "authorizer"));
  }

  /** Makes a server socket that is not bound. */
  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new SecretServerSocket(role);
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return createServerSocket(port, DEFAULT_BACKLOG);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) throws IOException {
    return createServerSocket(port, backlog, null);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address)
      throws IOException {
    return new SecretServerSocket(role, port, backlog, address);
  }
}
