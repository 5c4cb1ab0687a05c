package org.secrethandshake.socket;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.channel.SecretChannel;

/**
 * What does a secret socket's work: a plain socket, and once the handshake is done a channel over
 * it. Which calls a socket allows in which state, {@link Socket} decides, as it does for every
 * socket.
 *
 * <p>Thread-safe, like the channel.
 */
final class SecretConnection extends SocketImpl {
  private final Socket plain;
  private final Closeable end;
  private final Role role;
  private final PlainOptions options;
  private final SocketInput input = new SocketInput(this);
  private final SocketOutput output = new SocketOutput(this);
  private final ReentrantLock handshaking = new ReentrantLock();
  private volatile Role.@Nullable Opening opening;
  private volatile @Nullable SocketTransport transport;
  private volatile @Nullable SecretChannel channel;
  private @Nullable IOException failure;
  private volatile int soTimeout;
  private volatile boolean outputShut;
  private volatile boolean closed;

  /**
   * Creates what a socket is made of.
   *
   * @param plain connected already, or to be connected with the secret socket
   * @param end what the end of the connection does to {@code plain}
   */
  SecretConnection(Socket plain, Closeable end, Role role) {
    this.plain = plain;
    this.end = end;
    this.role = role;
    this.options = new PlainOptions(plain);
  }

  /** Nothing to do: the plain socket makes what it needs. */
  @Override
  protected void create(boolean stream) {}

  @Override
  protected void connect(String host, int port) throws IOException {
    connect(new InetSocketAddress(host, port), 0);
  }

  @Override
  protected void connect(InetAddress address, int port) throws IOException {
    connect(new InetSocketAddress(address, port), 0);
  }

  /**
   * Connects, and as a client does the handshake, both within the timeout.
   *
   * @param timeoutMillis 0 for the system's time to connect; the handshake has its own
   */
  @Override
  protected void connect(SocketAddress address, int timeoutMillis) throws IOException {
    long begin = System.nanoTime();
    try {
      InetSocketAddress peer = (InetSocketAddress) address;
      opening = role.with(peer);
      if (!plain.isConnected()) {
        plain.connect(peer, timeoutMillis);
      }
      SocketTransport connected = new SocketTransport(plain, end);
      transport = connected;
      if (role.beginsWhenConnected()) {
        connected.limitReads(timeLeft(timeoutMillis, begin));
        channel();
        connected.limitReads(0);
      }
    } catch (HandshakeException e) {
      throw tookTooLong(e) ? timedOut(e) : e;
    } catch (IOException | RuntimeException | Error e) {
      cut();
      throw e;
    }
  }

  /** The milliseconds left: at least one, because none would be no limit. */
  private static long timeLeft(int timeoutMillis, long begin) {
    long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    return timeoutMillis == 0 ? 0 : Math.max(1, timeoutMillis - passed);
  }

  private static boolean tookTooLong(HandshakeException e) {
    return e.reason() == HandshakeException.Reason.TIMEOUT
        || e.getCause() instanceof SocketTimeoutException;
  }

  private static SocketTimeoutException timedOut(HandshakeException cause) {
    SocketTimeoutException error =
        new SocketTimeoutException(
            "Connect timed out: the connection was made, but the handshake was not finished in"
                + " time. The peer is slow, or does not speak this protocol.");
    error.initCause(cause);
    return error;
  }

  /**
   * Returns the channel, which is opened by whoever comes first; all others wait for that.
   *
   * @throws HandshakeException if the handshake fails; whoever comes later gets a {@link
   *     SocketException}
   */
  SecretChannel channel() throws IOException {
    SecretChannel open = channel;
    return open == null ? openOnce() : open;
  }

  private SecretChannel openOnce() throws IOException {
    handshaking.lock();
    try {
      requireOpen();
      SecretChannel open = channel;
      if (open == null) {
        requireNoFailure();
        open = open();
        channel = open;
      }
      if (closed) {
        open.abort();
      }
      return open;
    } finally {
      handshaking.unlock();
    }
  }

  private SecretChannel open() throws IOException {
    Role.Opening handshake = opening;
    if (handshake == null) {
      throw new SocketException("Socket is not connected");
    }
    try {
      return handshake.over(transport());
    } catch (IOException e) {
      failure = e;
      throw explain(e);
    }
  }

  private void requireNoFailure() throws SocketException {
    if (failure != null) {
      throw caused("This socket's handshake has failed", failure);
    }
  }

  /** The transport of a connected socket. */
  SocketTransport transport() throws SocketException {
    SocketTransport connected = transport;
    if (connected == null) {
      throw new SocketException("Socket is not connected");
    }
    return connected;
  }

  int soTimeout() {
    return soTimeout;
  }

  boolean isOutputShut() {
    return outputShut;
  }

  void requireOpen() throws SocketException {
    if (closed) {
      throw new SocketException("Socket closed");
    }
  }

  /** Says with a socket's exceptions what a channel says with a channel's. */
  IOException explain(IOException cause) {
    if (closed) {
      return caused("Socket closed", cause);
    }
    if (cause instanceof ClosedByInterruptException) {
      return caused("Closed by interrupt", cause);
    }
    return cause instanceof ClosedChannelException ? caused("Socket closed", cause) : cause;
  }

  private static SocketException caused(String message, IOException cause) {
    SocketException error = new SocketException(message);
    error.initCause(cause);
    return error;
  }

  @Override
  protected InputStream getInputStream() {
    return input;
  }

  @Override
  protected OutputStream getOutputStream() {
    return output;
  }

  @Override
  protected int available() throws IOException {
    return input.available();
  }

  /** Drops the rest of the peer's bytes. A handshake reads, so it comes first. */
  @Override
  protected void shutdownInput() throws IOException {
    channel();
    transport().shutInput();
  }

  /** Says goodbye. */
  @Override
  protected void shutdownOutput() throws IOException {
    try {
      channel().shutdownOutput();
      outputShut = true;
    } catch (IOException e) {
      throw explain(e);
    }
  }

  /**
   * Says goodbye, if that is true, and closes. With a linger time of 0, which asks for a reset, it
   * cuts; so it does in the middle of a handshake.
   */
  @Override
  protected void close() throws IOException {
    closed = true;
    SecretChannel open = channel;
    if (open == null) {
      end.close();
    } else if (asksForReset()) {
      open.abort();
    } else {
      input.endWaiting();
      open.close();
    }
  }

  private boolean asksForReset() {
    try {
      return plain.getSoLinger() == 0;
    } catch (SocketException e) {
      return false;
    }
  }

  private void cut() {
    try {
      end.close();
    } catch (IOException e) {
      // What is thrown tells more.
    }
  }

  @Override
  protected void bind(InetAddress host, int port) throws IOException {
    plain.bind(new InetSocketAddress(host, port));
  }

  @Override
  protected void listen(int backlog) throws IOException {
    throw doesNotListen();
  }

  @Override
  protected void accept(SocketImpl socket) throws IOException {
    throw doesNotListen();
  }

  private static SocketException doesNotListen() {
    return new SocketException("a socket of a client or of one connection does not listen");
  }

  /** Urgent bytes would bypass the channel; {@link Socket} refuses them by itself. */
  @Override
  protected void sendUrgentData(int data) throws IOException {
    throw new SocketException("Urgent data not supported");
  }

  @Override
  protected InetAddress getInetAddress() {
    return plain.getInetAddress();
  }

  @Override
  protected int getPort() {
    return plain.getPort();
  }

  @Override
  protected int getLocalPort() {
    return plain.getLocalPort();
  }

  @Override
  public void setOption(int option, Object value) throws SocketException {
    if (option == SO_TIMEOUT) {
      soTimeout = (Integer) value;
    } else {
      options.setOption(option, value);
    }
  }

  @Override
  public Object getOption(int option) throws SocketException {
    return option == SO_TIMEOUT ? soTimeout : options.getOption(option);
  }

  @Override
  protected <T> void setOption(SocketOption<T> name, T value) throws IOException {
    plain.setOption(name, value);
  }

  @Override
  protected <T> T getOption(SocketOption<T> name) throws IOException {
    return plain.getOption(name);
  }

  @Override
  protected Set<SocketOption<?>> supportedOptions() {
    return plain.supportedOptions();
  }
}
