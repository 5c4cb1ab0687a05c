package org.secrethandshake.channel;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;

/**
 * One accepted connection, from its socket to its end: the task that serves it, its place within
 * the server's bounds, and its channel once there is one.
 *
 * <pre>
 *   ANONYMOUS <--> AUTHORIZING ---> OPEN ---> PARTING ---> ENDED
 *       '--- dropped for another, or the server stops ------^
 * </pre>
 *
 * <p>{@link Connections} guards the phase; all else belongs to the thread that serves.
 */
final class Connection implements Runnable {
  private static final System.Logger LOG = System.getLogger(SecretServer.class.getName());

  /** How far a connection is. */
  enum Phase {
    /** The client has not proved who it is, or is refused. */
    ANONYMOUS,
    /** Our authorizer has the word. */
    AUTHORIZING,
    /** The handler has the channel. */
    OPEN,
    /** The handler has returned, and the channel takes leave. */
    PARTING,
    /** Nothing is left of it. */
    ENDED
  }

  private final Service service;
  private final Connections connections;
  private final SocketChannel socket;
  private final @Nullable SocketAddress address;
  private final long accepted = System.nanoTime();
  private final Trace trace;

  /** Guarded by the connections. */
  Phase phase = Phase.ANONYMOUS;

  private volatile boolean dropped;
  private volatile boolean stopped;

  private volatile @Nullable SecretChannel channel;

  /**
   * What a server does with each connection.
   *
   * @param shs opens the channel
   * @param authorizer lets the client in
   * @param handler uses the channel
   * @param listener learns what became of the connection
   * @param traces begin the trace of a connection
   */
  record Service(
      SecretHandshake shs,
      Authorizer authorizer,
      SecretServer.Handler handler,
      Listeners listener,
      Supplier<Trace> traces) {

    /** The same for a visitor of our own. */
    Service rehearsal() {
      return new Service(
          shs,
          Authorizer.anyone(),
          channel -> channel.inputStream().transferTo(channel.outputStream()),
          new Listeners(List.of()),
          () -> Trace.NONE);
    }
  }

  Connection(Service service, Connections connections, SocketChannel socket) {
    this.service = service;
    this.connections = connections;
    this.socket = socket;
    this.address = Transports.remoteAddress(socket);
    this.trace = service.traces().get();
  }

  /** Serves the connection to its end. Never throws. */
  @Override
  public void run() {
    try {
      SecretChannel opened = handshake();
      if (opened != null) {
        serve(opened);
      }
    } catch (Throwable e) {
      log(System.Logger.Level.WARNING, "a connection failed", e);
    } finally {
      end();
    }
  }

  /** Ends the connection at once, whatever it does. */
  void end() {
    try {
      close();
    } finally {
      connections.remove(this);
    }
  }

  /** Ends the connection, because the server stops. */
  void cut() {
    stopped = true;
    close();
  }

  /** Closes the socket or the channel at once and without a goodbye. */
  private void close() {
    SecretChannel open = channel;
    if (open != null) {
      open.abort();
    }
    Deadline.closeQuietly(socket);
  }

  /** Cuts what is not taking leave. Called when the server stops, with a handler still running. */
  void cutUnlessParting() {
    SecretChannel open = channel;
    if (open != null) {
      open.abortUnlessParting();
    } else {
      cut();
    }
  }

  /**
   * Whether the channel takes leave, or only waits for the peer's; also if its handler does that.
   * Called under the lock of the connections.
   */
  boolean isParting() {
    SecretChannel open = channel;
    return phase == Phase.PARTING || (open != null && open.isParting());
  }

  /** How long ago the connection was accepted. */
  long ageMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - accepted);
  }

  /** Makes room for another. Called under the lock of the connections, which has removed this. */
  void drop() {
    dropped = true;
    Deadline.closeQuietly(socket);
  }

  private @Nullable SecretChannel handshake() {
    try {
      SocketSettings.apply(socket);
      SecretChannel opened = service.shs().accept(socket, new Authorization());
      channel = opened;
      if (!connections.moveOn(this, Phase.OPEN)) {
        opened.abort();
        throw new AsynchronousCloseException();
      }
      return opened;
    } catch (Throwable e) {
      Deadline.closeQuietly(socket);
      Throwable reason = reason(e);
      trace.handshakeEnded(reason);
      service.listener().handshakeFailed(reason, address);
      return null;
    }
  }

  /** What was our own doing looks like a failure of the transport to the handshake. */
  private Throwable reason(Throwable failure) {
    if (dropped) {
      return new HandshakeException(
          Reason.NO_ROOM,
          "There was no room for one more handshake, and of those that had not proved who they are"
              + " this client had taken the longest, so it was cut.",
          failure);
    }
    return stopped && !hadFailedBefore(failure) ? new AsynchronousCloseException() : failure;
  }

  /** Whether a handshake of this end had failed before the cut, and only waited to say so. */
  private static boolean hadFailedBefore(Throwable failure) {
    return failure instanceof HandshakeException handshake
        && switch (handshake.reason()) {
          case TRANSPORT, AUTHORIZER_FAILED -> false;
          default -> true;
        };
  }

  private void serve(SecretChannel opened) {
    long began = System.nanoTime();
    trace.handshakeEnded(null);
    service.listener().channelOpened(opened, Duration.ofNanos(began - accepted));
    Throwable failure = handle(opened);
    close();
    trace.channelEnded(opened, failure);
    service.listener().channelClosed(opened, Duration.ofNanos(System.nanoTime() - began), failure);
  }

  /** Returns what the handler threw. */
  private @Nullable Throwable handle(SecretChannel opened) {
    try {
      service.handler().handle(opened);
      if (connections.moveOn(this, Phase.PARTING)) {
        opened.close();
      }
      return null;
    } catch (IOException e) {
      log(System.Logger.Level.DEBUG, "a channel's handler ended with its channel", e);
      return e;
    } catch (Throwable e) {
      // A handler that the stopping server interrupts or cuts has every reason to fail.
      log(
          connections.isStopping() ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
          "a channel's handler failed",
          e);
      return e;
    }
  }

  /** A log that fails, for want of memory or descriptors, must not end what it tells about. */
  static void log(System.Logger.Level level, String message, Throwable cause) {
    try {
      LOG.log(level, message, cause);
    } catch (Throwable e) {
      // There is nobody left to tell.
    }
  }

  /**
   * The server's authorizer, for a client that is anonymous no more, until it is refused: it waits
   * for its close then, and what becomes of it meanwhile must not tell that it knew our key.
   */
  private final class Authorization implements Authorizer {
    @Override
    public Optional<?> authorize(IdentityKey client) throws Exception {
      return service.authorizer().authorize(client, address);
    }

    @Override
    public CompletionStage<? extends Optional<?>> authorizeAsync(
        IdentityKey client, @Nullable SocketAddress clientAddress) {
      if (!connections.moveOn(Connection.this, Phase.AUTHORIZING)) {
        return CompletableFuture.failedFuture(new AsynchronousCloseException());
      }
      CompletionStage<? extends Optional<?>> answer = ask(client);
      answer.whenComplete(
          (decision, failure) -> {
            if (decision == null || decision.isEmpty()) {
              connections.moveOn(Connection.this, Phase.ANONYMOUS);
            }
          });
      return answer;
    }

    private CompletionStage<? extends Optional<?>> ask(IdentityKey client) {
      try {
        return Objects.requireNonNull(
            service.authorizer().authorizeAsync(client, address), "no answer");
      } catch (Throwable e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  }
}
