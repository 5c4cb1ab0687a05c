package org.secrethandshake.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A server socket whose connections do a handshake before anything else, each in its own time: a
 * client that says nothing does not hold up {@code accept}.
 */
final class SecretServerSocket extends ServerSocket {
  private final Role role;

  SecretServerSocket(Role role) throws IOException {
    this.role = role;
  }

  SecretServerSocket(Role role, int port, int backlog, @Nullable InetAddress address)
      throws IOException {
    super(port, backlog, address);
    this.role = role;
  }

  @Override
  public Socket accept() throws IOException {
    Socket plain = super.accept();
    return SecretSocket.over(
        plain, plain, role, new InetSocketAddress(plain.getInetAddress(), plain.getPort()));
  }

  @Override
  public String toString() {
    return "Secret" + super.toString();
  }
}
