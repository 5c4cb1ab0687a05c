package org.secrethandshake.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A small TCP server: accepts connections, runs the handshakes, and hands each channel to a
 * handler.
 *
 * <p>Handshakes and handlers run on an executor, each connection in a task of its own, so one slow
 * or hostile peer holds up nobody else. The accept loop survives failures of peers, handlers and
 * the executor, and shortages of memory and descriptors: it goes on as soon as it can.
 *
 * <p>The handshakes in progress and the open channels are bounded. A client that stalls does not
 * shut others out: when there is no place for one more handshake, the connection that has taken the
 * longest without proving who it is gives up its place, once it has had half a second; {@link
 * #dropped()} counts them. With all places taken by open channels and clients whose authorization
 * is under way, new connections wait in the system's backlog.
 *
 * <p>A channel is closed when its handler returns, and aborted when it throws or, see {@link
 * #stop}, still runs when the server stops. TCP keep-alive is on, so that a peer whose machine is
 * gone is noticed in about two minutes where the platform allows to set that, or when TCP gives up
 * on bytes that are on their way, after a quarter of an hour; a writer waits no longer than {@link
 * SecretHandshake.Builder#writeTimeout}. Peers that are only silent are kept, unless {@link
 * SecretHandshake.Builder#idleTimeout} is set.
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

  /** The system has a limit of its own, often this one. */
  private static final int BACKLOG = 4096;

  /** How long {@link #close} and {@link #stop} wait for channels that are closing, in total. */
  public static final Duration CLOSE_BOUND = SecretChannel.CLOSE_BOUND.multipliedBy(2);

  /** Handles one channel, on a thread of the executor. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Uses the channel. Returning says that all was sent: the channel is closed, with a goodbye. If
     * this throws, or has not returned when the server stops, the channel is aborted, so that the
     * peer does not take half an answer for a whole one. An {@link IOException} is logged at DEBUG,
     * because peers come and go, and anything else at WARNING.
     *
     * @param channel open, with its {@link SecretChannel#peer}, {@link SecretChannel#authorization}
     *     and {@link SecretChannel#remoteAddress}
     */
    void handle(SecretChannel channel) throws Exception;
  }

  private final InetSocketAddress localAddress;
  private final Connection.Service service;
  private final ServerExecutor executor;
  private final Connections connections;
  private final Thread acceptor;
  private volatile ServerSocketChannel listener;
  private volatile boolean stopped;

  private SecretServer(Builder builder, InetSocketAddress address) throws IOException {
    this.service = builder.service();
    this.connections = new Connections(builder.maxHandshakes, builder.maxChannels);
    this.executor = ServerExecutor.of(builder.executor);
    this.listener = listen(address);
    this.localAddress = (InetSocketAddress) listener.getLocalAddress();
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

  /** Returns how many handshakes were dropped to make room for others. */
  public long dropped() {
    return connections.dropped();
  }

  /**
   * Stops: accepts no more, cuts the handshakes in progress, and gives the handlers some time to
   * return by themselves. A handler that returns in time ends its channel with a goodbye, within
   * {@link #CLOSE_BOUND}. One that still runs after the grace has its channel aborted, without a
   * goodbye, unless it has shut down its output or is closing its channel: nobody else can know
   * whether what it has sent is all.
   *
   * <p>A handler that waits in a read does not learn of the stop. An application that knows that
   * its output is complete calls {@link SecretChannel#shutdownOutput()}; the peer answers that with
   * its own goodbye, and the handler returns.
   *
   * <p>Works on an interrupted thread; an interrupt meanwhile ends the grace. A handler must not
   * call this on its own thread, because it would wait for itself. Returns after the grace, {@link
   * #CLOSE_BOUND} for channels that are closing, and two seconds for threads that do not end.
   *
   * @param grace how long to wait for the handlers; zero cuts at once
   */
  public void stop(Duration grace) {
    boolean interrupted = Thread.interrupted();
    stopped = true;
    Deadline.closeQuietly(listener);
    interrupted |= connections.stop(grace, CLOSE_BOUND);
    executor.close();
    interrupted |= connections.awaitEnd(SecretChannel.CLOSE_BOUND);
    interrupted |= awaitAcceptor();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The system keeps the port open for as long as a thread is in accept. */
  private boolean awaitAcceptor() {
    try {
      if (Thread.currentThread() != acceptor) {
        acceptor.join(SecretChannel.CLOSE_BOUND.toMillis());
      }
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Stops without grace: {@code stop(Duration.ZERO)}. Closing again does nothing. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }

  /**
   * Serves one connection of our own, so that nothing has to be loaded when memory and descriptors
   * are short: a class whose loading or initialization failed then is missing for good.
   */
  private void rehearse() {
    boolean interrupted = Thread.interrupted();
    LOG.isLoggable(System.Logger.Level.DEBUG);
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ServerSocketChannel door = listen(anyPort);
        SocketChannel visitor = SocketChannel.open(door.getLocalAddress())) {
      Connection connection = new Connection(service.rehearsal(), connections, door.accept());
      if (connections.admit(connection)) {
        executor.executeOnOurs(connection);
        service.shs().talkToOurselves(visitor);
      }
    } catch (IOException e) {
      // There is no loopback, or the timeout is shorter than a cold start: what can be loaded is.
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      connections.awaitEnd(SecretChannel.CLOSE_BOUND);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void acceptLoop() {
    boolean failing = false;
    while (!stopped) {
      try {
        acceptOne();
        failing = false;
      } catch (Throwable e) {
        recover(e, failing);
        failing = true;
      }
    }
  }

  private void acceptOne() throws IOException, InterruptedException {
    // An interrupt is never ours: a handler on a caller-runs executor, say. It would close us.
    Thread.interrupted();
    SocketChannel socket = listener.accept();
    try {
      begin(new Connection(service, connections, socket));
    } catch (Throwable e) {
      Deadline.closeQuietly(socket);
      throw e;
    }
  }

  private void begin(Connection connection) throws InterruptedException {
    try {
      if (connections.admit(connection)) {
        executor.execute(connection);
      } else {
        connection.end();
      }
    } catch (Throwable e) {
      connection.end();
      throw e;
    }
  }

  /** Goes on after any failure, once a moment has passed. Nothing in here may fail for good. */
  private void recover(Throwable failure, boolean again) {
    try {
      if (stopped) {
        return;
      }
      service.listener().acceptFailed(failure);
      if (!again) {
        Connection.log(
            System.Logger.Level.WARNING,
            "a connection could not be taken; trying again until it works",
            failure);
      }
      // Where descriptors or threads are what is missing, the longest waiting stranger has one.
      Thread.sleep(Math.min(connections.dropLongestWaiting(), PAUSE_AFTER_FAILURE_MILLIS));
      if (!listener.isOpen()) {
        listenAgain();
      }
    } catch (Throwable e) {
      // The next round of the loop tries all of it again.
    }
  }

  /** An interrupt of this thread in its accept has closed the port. */
  private void listenAgain() throws IOException {
    ServerSocketChannel next = listen(localAddress);
    listener = next;
    if (stopped) {
      Deadline.closeQuietly(next);
    }
  }

  private static ServerSocketChannel listen(InetSocketAddress address) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return listener.bind(address, BACKLOG);
    } catch (IOException | RuntimeException | Error e) {
      Deadline.closeQuietly(listener);
      throw e;
    }
  }

  /** Collects the configuration. Not thread-safe. */
  public static final class Builder {
    private static final int DEFAULT_MAX_HANDSHAKES = 1024;
    private static final int DEFAULT_MAX_CHANNELS = 10_000;

    private final SecretHandshake shs;
    private @Nullable Authorizer authorizer;
    private @Nullable Handler handler;
    private @Nullable Executor executor;
    private final List<ServerListener> listeners = new ArrayList<>(List.of(Listeners::logFailure));
    private int maxHandshakes = DEFAULT_MAX_HANDSHAKES;
    private int maxChannels = DEFAULT_MAX_CHANNELS;

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

    /**
     * Adds a listener, who learns what becomes of connections. Failed handshakes are logged at
     * DEBUG too, whoever listens.
     */
    public Builder listener(ServerListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /** Bounds the handshakes in progress, 1,024 unless called. */
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
     * Binds and starts to accept, once a connection of our own was served.
     *
     * @param address where to listen; port 0 lets the system choose
     * @throws IOException if the address cannot be bound
     */
    public SecretServer start(InetSocketAddress address) throws IOException {
      shs.requireServable();
      SecretServer server = new SecretServer(this, address);
      try {
        server.rehearse();
        server.acceptor.start();
        return server;
      } catch (RuntimeException | Error e) {
        server.close();
        throw e;
      }
    }

    private Connection.Service service() {
      return new Connection.Service(
          shs,
          Objects.requireNonNull(authorizer, "no authorizer is set"),
          Objects.requireNonNull(handler, "no handler is set"),
          new Listeners(listeners),
          Trace.ofRuntime());
    }

    private static int requirePositive(int bound) {
      if (bound <= 0) {
        throw new IllegalArgumentException("a bound must be positive, but is " + bound);
      }
      return bound;
    }
  }
}
