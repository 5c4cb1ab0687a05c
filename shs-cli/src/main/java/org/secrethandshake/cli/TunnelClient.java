package org.secrethandshake.cli;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.channel.Relay;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.ServerCounters;
import org.secrethandshake.identity.MultiserverAddress;

/**
 * The end of a tunnel at which plain connections arrive, for each of which a channel is dialled. A
 * server that cannot be reached is tried again while the connection waits; after that, or after a
 * handshake that failed, the connection is reset.
 */
final class TunnelClient implements TunnelEnd {
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 100;
  private static final Duration CUT_BOUND = Duration.ofSeconds(2);

  private final SecretHandshake shs;
  private final MultiserverAddress server;
  private final PlainEndpoint local;
  private final Duration patience;
  private final ServerCounters counters;
  private final ConnectionLog log;
  private final ServerSocketChannel listener;
  private final String announcement;
  private final Thread acceptor;
  private final ExecutorService connections = ConnectionThreads.start("shs-tunnel");

  /** Begins to serve. */
  TunnelClient(
      SecretHandshake shs,
      PlainEndpoint local,
      MultiserverAddress server,
      Duration patience,
      ServerCounters counters,
      ConnectionLog log)
      throws IOException {
    this.shs = shs;
    this.server = server;
    this.local = local;
    this.patience = patience;
    this.counters = counters;
    this.log = log;
    this.listener = local.listen();
    this.announcement =
        local.socketFile() == null
            ? PlainEndpoint.words(listener.getLocalAddress())
            : local.toString();
    this.acceptor = new Thread(this::acceptLoop, "shs-accept");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  @Override
  public String announcement() {
    return announcement;
  }

  @Override
  public void stop(Duration grace) throws IOException {
    if (!listener.isOpen()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    listener.close();
    interrupted |= awaitAcceptor();
    local.cleanUp();
    connections.shutdown();
    interrupted |= awaitConnections(grace);
    connections.shutdownNow();
    interrupted |= awaitConnections(CUT_BOUND);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The system goes on listening for as long as a thread is in accept. */
  private boolean awaitAcceptor() {
    try {
      acceptor.join(CUT_BOUND.toMillis());
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private boolean awaitConnections(Duration bound) {
    try {
      var unused = connections.awaitTermination(bound.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void acceptLoop() {
    while (listener.isOpen()) {
      try {
        begin(listener.accept());
      } catch (IOException | OutOfMemoryError e) {
        pauseAfter(e);
      }
    }
  }

  private void begin(SocketChannel plain) {
    try {
      connections.execute(() -> serve(plain));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      reset(plain);
    }
  }

  private void pauseAfter(Throwable problem) {
    if (listener.isOpen()) {
      counters.acceptFailed(problem);
      log.failed("a connection could not be taken", problem);
      try {
        Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void serve(SocketChannel plain) {
    long begin = System.nanoTime();
    SecretChannel channel;
    try {
      PlainEndpoint.prepare(plain);
      resetOnClose(plain);
      channel = dial();
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      reset(plain);
      counters.handshakeFailed(e, null);
      log.failed("a connection was reset, because there is no channel for it", e);
      return;
    }
    long open = System.nanoTime();
    counters.channelOpened(channel, Duration.ofNanos(open - begin));
    Throwable failure = relay(plain, channel);
    counters.channelClosed(channel, Duration.ofNanos(System.nanoTime() - open), failure);
  }

  private @Nullable Throwable relay(SocketChannel plain, SecretChannel channel) {
    try {
      Relay.join(plain, channel);
      return null;
    } catch (IOException | RuntimeException | Error e) {
      log.failed("a connection was cut", e);
      return e;
    }
  }

  /**
   * Tries again as long as nobody answers. A server that answers and refuses is not asked again.
   */
  private SecretChannel dial() throws IOException, InterruptedException {
    Backoff backoff = new Backoff(patience);
    while (true) {
      try {
        return shs.connect(server);
      } catch (HandshakeException e) {
        throw e;
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted() || !backoff.await()) {
          throw e;
        }
      }
    }
  }

  private static void reset(SocketChannel socket) {
    try (socket) {
      resetOnClose(socket);
    } catch (IOException e) {
      // It is gone already.
    }
  }

  /** Also when the process is killed: an end would look like an empty answer. */
  private static void resetOnClose(SocketChannel socket) throws IOException {
    if (socket.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
  }
}
