package org.secrethandshake.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.SecretChannel;

/**
 * A socket whose bytes go through a {@link SecretChannel}: for libraries that want a {@link
 * Socket}, and for asking a socket that such a library holds who its peer is.
 *
 * <p>What is read was written by the peer, which has proved its identity, in order and complete.
 * Nothing is read, and nothing written is sent, before the handshake. A read answers -1 only after
 * the peer's authenticated goodbye; a connection that merely ends is a {@link
 * org.secrethandshake.BoxStreamException}, which is an {@code IOException}.
 *
 * <p>Otherwise it behaves as a socket does. Where that needs saying:
 *
 * <ul>
 *   <li><b>Handshake.</b> A client's is part of {@code connect}, within its timeout and that of the
 *       {@link org.secrethandshake.channel.SecretHandshake}. A server's is done by its first read,
 *       write or {@link #startHandshake}, like that of an {@code SSLSocket}, and has the latter.
 *   <li><b>Timeouts.</b> A read that throws a {@code SocketTimeoutException} has lost nothing, even
 *       in the middle of a packet; the next one goes on. A write that the peer does not take within
 *       the write timeout of the {@code SecretHandshake} ends the connection.
 *   <li><b>Half-close.</b> {@code shutdownOutput} says goodbye. {@code shutdownInput} drops the
 *       rest of the peer's bytes, and stands on this side only.
 *   <li><b>Close.</b> {@code close} unblocks reads and writes and says goodbye, unless it finds a
 *       write under way. If no read is under way either, it waits up to {@link
 *       SecretChannel#CLOSE_BOUND} for the peer's. With {@code setSoLinger(true, 0)} it does
 *       neither, and the peer sees a cut.
 *   <li><b>Interrupts</b> do nothing to a platform thread, and close the socket of a virtual one;
 *       only a server's handshake that waits for its {@code Authorizer} fails in both.
 *   <li><b>Not there:</b> urgent data, which is a {@code SocketException}, and a {@code
 *       SocketChannel}.
 * </ul>
 *
 * <p>Thread-safe, and full duplex. Whoever holds a socket closes it.
 */
public final class SecretSocket extends Socket {
  private final SecretConnection connection;

  private SecretSocket(SecretConnection connection) throws SocketException {
    super(connection);
    this.connection = connection;
  }

  /** Creates a socket that is not connected. */
  static SecretSocket unconnected(Role role) throws SocketException {
    Socket plain = new Socket();
    return new SecretSocket(new SecretConnection(plain, plain, role));
  }

  /**
   * Creates a socket over a connected one.
   *
   * @param end what the end of the connection does to {@code plain}, which happens also if this
   *     throws
   */
  static SecretSocket over(Socket plain, Closeable end, Role role, InetSocketAddress peer)
      throws IOException {
    SecretSocket socket = new SecretSocket(new SecretConnection(plain, end, role));
    socket.connect(peer);
    return socket;
  }

  /**
   * Does the handshake, if it was not done before. A server that calls this on the thread of the
   * connection learns of a stranger before it reads.
   *
   * @throws HandshakeException if the handshake fails, or the client is refused; the connection is
   *     closed
   * @throws SocketException if this socket is not connected, or closed, or its handshake failed
   *     before
   */
  public void startHandshake() throws IOException {
    connection.channel();
  }

  /**
   * Returns the peer's identity, which it has proved; does the handshake first, like {@link
   * #startHandshake}.
   */
  public IdentityKey peer() throws IOException {
    return connection.channel().peer();
  }

  /**
   * Returns what the server's authorizer answered for this client; does the handshake first, like
   * {@link #startHandshake}.
   *
   * @return empty at the client's end
   * @throws ClassCastException if the answer is of another type
   */
  public <T> Optional<T> authorization(Class<T> type) throws IOException {
    return connection.channel().authorization(type);
  }

  /** Says where this socket is connected, without a key. */
  @Override
  public String toString() {
    return "Secret" + super.toString();
  }
}
