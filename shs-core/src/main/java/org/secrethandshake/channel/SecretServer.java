package org.secrethandshake.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A small TCP server: accepts connections, runs the handshakes, and hands each channel to a
 * handler.
 *
 * <p>Handshakes and handlers run on an executor, each connection in a task of its own, so one slow
 * or hostile peer holds up nobody else. The handshakes in progress and the open channels are
 * bounded; at a bound, new connections wait in the system's backlog. A channel is closed when its
 * handler returns, and aborted when it throws. Nothing that a peer or handler does ends the accept
 * loop.
 *
 * <p>Thread-safe. Whoever starts a server closes it.
 *
 * <pre>{@code
 * try (SecretServer server =
 *     SecretServer.builder(shs)
 *         .authorizer(Authorizer.only(friends))
 *         .handler(channel -> channel.inputStream().transferTo(channel.outputStream()))
 *         .start(new InetSocketAddress("127.0.0.1", 8008))) {
 *   ...
 * }
 * }</pre>
 */
public final class SecretServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SecretServer.class.getName());
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 100;
  private static final int BACKLOG = 1024;

  /** How long {@link #close} waits for the goodbyes of its channels, all together. */
  public static final Duration CLOSE_BOUND = SecretChannel.CLOSE_BOUND.multipliedBy(2);

  /** Handles one channel, on a thread of the executor. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Uses the channel, which is closed afterwards, or aborted if this throws, so that the peer
     * does not take half an answer for a whole one. An {@link IOException} is logged at DEBUG,
     * because peers come and go, and anything else at WARNING.
     */
    void handle(SecretChannel channel) throws Exception;
  }

  /** Learns of the connections that came to no channel. */
  @FunctionalInterface
  public interface RefusalListener {
    /**
     * Called after a handshake failed or its client was refused, on a thread of the executor.
     *
     * @param reason mostly a {@link org.secrethandshake.HandshakeException}
     * @param client the socket address of the other end
     */
    void refused(Exception reason, SocketAddress client);
  }

  private final ServerSocketChannel listener;
  private final InetSocketAddress localAddress;
  private final ServerExecutor executor;
  private final ServerConnections connections;
  private final Thread acceptor;

  private SecretServer(Builder builder, ServerSocketChannel listener) throws IOException {
    this.listener = listener;
    this.localAddress = (InetSocketAddress) listener.getLocalAddress();
    this.connections = new ServerConnections(builder);
    this.executor = ServerExecutor.of(builder.executor);
    this.acceptor = new Thread(this::acceptLoop, "shs-accept-" + localAddress.getPort());
  }

  /** Returns a builder; {@link Builder#authorizer} and {@link Builder#handler} must be called. */
  public static Builder builder(SecretHandshake shs) {
    return new Builder(shs);
  }

  /** Returns the address that the server listens at, with the port that the system chose for 0. */
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  /**
   * Stops: accepts no more, gives the open channels some time to end by themselves, then closes
   * them. Channels that cannot take leave within {@link #CLOSE_BOUND} are cut. A handler must not
   * call this on its own thread with a grace, because it would wait for itself.
   *
   * @param grace how long to wait for the handlers; zero closes at once
   */
  public void stop(Duration grace) {
    Deadline.closeQuietly(listener);
    acceptor.interrupt();
    connections.awaitEnd(grace);
    connections.closeAll(CLOSE_BOUND);
    connections.awaitEnd(SecretChannel.CLOSE_BOUND);
    executor.close();
  }

  /** Stops without grace: {@code stop(Duration.ZERO)}. Closing again does nothing. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }

  private void acceptLoop() {
    while (listener.isOpen()) {
      try {
        acceptOne();
      } catch (InterruptedException e) {
        return;
      } catch (ClosedChannelException e) {
        LOG.log(System.Logger.Level.DEBUG, "the server has stopped listening");
      } catch (IOException | RuntimeException | Error e) {
        LOG.log(System.Logger.Level.WARNING, "a connection could not be taken", e);
        pauseAfterFailure();
      }
    }
  }

  private void acceptOne() throws IOException, InterruptedException {
    ServerConnections.Admission admission = connections.admit();
    boolean handedOn = false;
    try {
      SocketChannel socket = listener.accept();
      try {
        executor.execute(connections.connection(socket, admission));
        handedOn = true;
      } finally {
        if (!handedOn) {
          connections.discard(socket);
        }
      }
    } finally {
      if (!handedOn) {
        admission.end();
      }
    }
  }

  private static void pauseAfterFailure() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void logRefusal(Exception reason, SocketAddress client) {
    LOG.log(System.Logger.Level.DEBUG, () -> "no channel for " + client + ": " + reason);
  }

  /** Collects the configuration. Not thread-safe. */
  public static final class Builder {
    private static final int DEFAULT_MAX_HANDSHAKES = 256;
    private static final int DEFAULT_MAX_CHANNELS = 10_000;

    final SecretHandshake shs;
    @Nullable Authorizer authorizer;
    @Nullable Handler handler;
    @Nullable Executor executor;
    RefusalListener refusals = SecretServer::logRefusal;
    int maxHandshakes = DEFAULT_MAX_HANDSHAKES;
    int maxChannels = DEFAULT_MAX_CHANNELS;

    private Builder(SecretHandshake shs) {
      this.shs = Objects.requireNonNull(shs, "shs");
    }

    /** Sets who decides about clients. */
    public Builder authorizer(Authorizer authorizer) {
      this.authorizer = authorizer;
      return this;
    }

    /** Sets what is done with each channel. */
    public Builder handler(Handler handler) {
      this.handler = handler;
      return this;
    }

    /**
     * Sets the executor of handshakes and handlers, which stays the caller's to shut down. Each
     * open channel occupies one of its threads. Unless called: virtual threads where the JDK has
     * them, else a pool that grows as needed, shut down with the server.
     */
    public Builder executor(Executor executor) {
      this.executor = executor;
      return this;
    }

    /** Sets who learns of failed handshakes; they are logged at DEBUG unless called. */
    public Builder refusalListener(RefusalListener refusals) {
      this.refusals = Objects.requireNonNull(refusals, "refusals");
      return this;
    }

    /** Bounds the handshakes in progress, 256 unless called. */
    public Builder maxHandshakes(int maxHandshakes) {
      this.maxHandshakes = requirePositive(maxHandshakes);
      return this;
    }

    /** Bounds the open channels, handshakes in progress included, 10,000 unless called. */
    public Builder maxChannels(int maxChannels) {
      this.maxChannels = requirePositive(maxChannels);
      return this;
    }

    /**
     * Binds and starts to accept.
     *
     * @param address where to listen; port 0 lets the system choose
     * @throws IOException if the address cannot be bound
     */
    public SecretServer start(SocketAddress address) throws IOException {
      ServerSocketChannel listener = ServerSocketChannel.open();
      boolean started = false;
      try {
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.bind(address, BACKLOG);
        SecretServer server = new SecretServer(this, listener);
        server.acceptor.start();
        started = true;
        return server;
      } finally {
        if (!started) {
          Deadline.closeQuietly(listener);
        }
      }
    }

    private static int requirePositive(int bound) {
      if (bound <= 0) {
        throw new IllegalArgumentException("a bound must be positive, but is " + bound);
      }
      return bound;
    }
  }
}
