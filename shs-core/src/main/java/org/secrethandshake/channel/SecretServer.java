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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A small TCP server: accepts connections, runs the handshakes, and hands each channel to a
 * handler.
 *
 * <p>Handshakes and handlers run on an executor, each connection in a task of its own, so one slow
 * or hostile peer holds up nobody else. The handshakes in progress and the open channels are
 * bounded; at a bound, new connections wait in the system's backlog. A channel is closed when its
 * handler returns or throws. Nothing that a peer or handler does ends the accept loop.
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
  private static final long PAUSE_AFTER_ACCEPT_FAILURE_MILLIS = 100;

  /** Handles one channel, on a thread of the executor. */
  @FunctionalInterface
  public interface Handler {
    /** Uses the channel, which is closed afterwards. What this throws is logged. */
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

  private final SecretHandshake shs;
  private final Authorizer authorizer;
  private final Handler handler;
  private final RefusalListener refusals;
  private final ServerSocketChannel listener;
  private final InetSocketAddress localAddress;
  private final ServerExecutor executor;
  private final Semaphore handshakes;
  private final Semaphore channels;
  private final int maxChannels;
  private final OpenConnections open = new OpenConnections();
  private final Thread acceptor;

  private SecretServer(Builder builder, ServerSocketChannel listener) throws IOException {
    this.shs = builder.shs;
    this.authorizer = Objects.requireNonNull(builder.authorizer, "no authorizer is set");
    this.handler = Objects.requireNonNull(builder.handler, "no handler is set");
    this.refusals = builder.refusals;
    this.listener = listener;
    this.localAddress = (InetSocketAddress) listener.getLocalAddress();
    this.executor = ServerExecutor.of(builder.executor);
    this.handshakes = new Semaphore(builder.maxHandshakes);
    this.channels = new Semaphore(builder.maxChannels);
    this.maxChannels = builder.maxChannels;
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
   * them.
   *
   * @param grace how long to wait for the handlers; zero closes at once
   */
  public void stop(Duration grace) {
    Deadline.closeQuietly(listener);
    acceptor.interrupt();
    awaitHandlers(grace);
    open.closeAll();
    awaitHandlers(SecretChannel.CLOSE_BOUND);
    executor.close();
  }

  /** Stops without grace: {@code stop(Duration.ZERO)}. Closing again does nothing. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }

  private void awaitHandlers(Duration limit) {
    try {
      if (channels.tryAcquire(maxChannels, limit.toNanos(), TimeUnit.NANOSECONDS)) {
        channels.release(maxChannels);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptLoop() {
    while (listener.isOpen()) {
      try {
        channels.acquire();
        acceptOne();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Accepts one connection, holding a permit for its channel, which goes on to its task. */
  private void acceptOne() throws InterruptedException {
    boolean handedOn = false;
    handshakes.acquire();
    try {
      SocketChannel socket = listener.accept();
      handedOn = handOn(socket);
    } catch (ClosedChannelException e) {
      LOG.log(System.Logger.Level.DEBUG, "the server has stopped listening");
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a connection could not be accepted", e);
      Thread.sleep(PAUSE_AFTER_ACCEPT_FAILURE_MILLIS);
    } finally {
      if (!handedOn) {
        handshakes.release();
        channels.release();
      }
    }
  }

  private boolean handOn(SocketChannel socket) {
    try {
      executor.execute(() -> serve(socket));
      return true;
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.WARNING, "the executor rejected a connection", e);
      Deadline.closeQuietly(socket);
      return false;
    }
  }

  private void serve(SocketChannel socket) {
    try {
      open.add(socket);
      SecretChannel channel = handshake(socket);
      if (channel != null) {
        handle(socket, channel);
      }
    } finally {
      open.remove(socket);
      Deadline.closeQuietly(socket);
      channels.release();
    }
  }

  private @Nullable SecretChannel handshake(SocketChannel socket) {
    SocketAddress client = socket.socket().getRemoteSocketAddress();
    try {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return shs.accept(socket, authorizer);
    } catch (IOException | RuntimeException e) {
      refusals.refused(e, client);
      return null;
    } finally {
      handshakes.release();
    }
  }

  private void handle(SocketChannel socket, SecretChannel channel) {
    try (channel) {
      open.add(channel);
      open.remove(socket);
      handler.handle(channel);
    } catch (Exception e) {
      LOG.log(System.Logger.Level.DEBUG, "a channel's handler failed", e);
    } finally {
      open.remove(channel);
    }
  }

  private static void logRefusal(Exception reason, SocketAddress client) {
    LOG.log(System.Logger.Level.DEBUG, () -> "no channel for " + client + ": " + reason);
  }

  /** Collects the configuration. Not thread-safe. */
  public static final class Builder {
    private static final int DEFAULT_MAX_HANDSHAKES = 256;
    private static final int DEFAULT_MAX_CHANNELS = 10_000;

    private final SecretHandshake shs;
    private @Nullable Authorizer authorizer;
    private @Nullable Handler handler;
    private @Nullable Executor executor;
    private RefusalListener refusals = SecretServer::logRefusal;
    private int maxHandshakes = DEFAULT_MAX_HANDSHAKES;
    private int maxChannels = DEFAULT_MAX_CHANNELS;

    private Builder(SecretHandshake shs) {
      this.shs = shs;
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
      this.refusals = refusals;
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
        listener.bind(address, maxHandshakes);
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
