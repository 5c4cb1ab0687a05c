package org.secrethandshake.channel;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a server: how many there may be, what is done with each, and how they are
 * ended together. Thread-safe.
 */
final class ServerConnections {
  private static final System.Logger LOG = System.getLogger(SecretServer.class.getName());

  private final SecretHandshake shs;
  private final Authorizer authorizer;
  private final SecretServer.Handler handler;
  private final SecretServer.RefusalListener refusals;
  private final int maxChannels;
  private final Semaphore handshakes;
  private final Semaphore channels;
  private final OpenConnections open = new OpenConnections();

  ServerConnections(SecretServer.Builder builder) {
    this.shs = builder.shs;
    this.authorizer = Objects.requireNonNull(builder.authorizer, "no authorizer is set");
    this.handler = Objects.requireNonNull(builder.handler, "no handler is set");
    this.refusals = builder.refusals;
    this.maxChannels = builder.maxChannels;
    this.handshakes = new Semaphore(builder.maxHandshakes);
    this.channels = new Semaphore(maxChannels);
  }

  /** Waits until one more connection is within the bounds. */
  Admission admit() throws InterruptedException {
    channels.acquire();
    boolean admitted = false;
    try {
      handshakes.acquire();
      admitted = true;
      return new Admission();
    } finally {
      if (!admitted) {
        channels.release();
      }
    }
  }

  /** The task that serves a connection to its end. It never throws. */
  Runnable connection(SocketChannel socket, Admission admission) {
    open.add(socket);
    return () -> {
      try {
        serve(socket, admission);
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.WARNING, "a connection failed", e);
      } finally {
        open.remove(socket);
        admission.end();
      }
    };
  }

  /** Gives up a connection whose task could not be started. */
  void discard(SocketChannel socket) {
    open.remove(socket);
    Deadline.closeQuietly(socket);
  }

  /** Waits until no connection is left, or the time is up. */
  void awaitEnd(Duration limit) {
    try {
      if (channels.tryAcquire(maxChannels, limit.toNanos(), TimeUnit.NANOSECONDS)) {
        channels.release(maxChannels);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void closeAll(Duration bound) {
    open.closeAll(bound);
  }

  private void serve(SocketChannel socket, Admission admission) {
    SecretChannel channel = handshake(socket, admission);
    if (channel != null) {
      handle(socket, channel);
    }
  }

  private @Nullable SecretChannel handshake(SocketChannel socket, Admission admission) {
    SocketAddress client = socket.socket().getRemoteSocketAddress();
    try {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return shs.accept(socket, authorizer);
    } catch (IOException | RuntimeException e) {
      Deadline.closeQuietly(socket);
      refusals.refused(e, client);
      return null;
    } finally {
      admission.endHandshake();
    }
  }

  private void handle(SocketChannel socket, SecretChannel channel) {
    boolean handled = false;
    try {
      open.add(channel);
      open.remove(socket);
      handler.handle(channel);
      handled = true;
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a channel's handler ended with its channel", e);
    } catch (Exception e) {
      LOG.log(System.Logger.Level.WARNING, "a channel's handler failed", e);
    } finally {
      if (!handled) {
        channel.abort();
      }
      open.remove(channel);
    }
  }

  /** The place that one connection takes within the bounds. */
  final class Admission {
    private final AtomicBoolean handshaking = new AtomicBoolean(true);
    private final AtomicBoolean connected = new AtomicBoolean(true);

    private Admission() {}

    void endHandshake() {
      if (handshaking.compareAndSet(true, false)) {
        handshakes.release();
      }
    }

    void end() {
      endHandshake();
      if (connected.compareAndSet(true, false)) {
        channels.release();
      }
    }
  }
}
