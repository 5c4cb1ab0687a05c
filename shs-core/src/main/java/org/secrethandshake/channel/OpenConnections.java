package org.secrethandshake.channel;

import java.nio.channels.Channel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What a server closes when it stops: sockets in mid-handshake, and channels. Thread-safe. */
final class OpenConnections {
  /** Channels that take their leave at the same time. */
  private static final int CLOSERS = 64;

  private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /** Adds a connection; one that comes too late is closed at once. */
  void add(Channel connection) {
    connections.add(connection);
    if (closing) {
      cut(connection);
    }
  }

  void remove(Channel connection) {
    connections.remove(connection);
  }

  /** Closes all: channels with their goodbyes, and at the end of the bound whatever is left. */
  void closeAll(Duration bound) {
    closing = true;
    ExecutorService closers = Executors.newFixedThreadPool(CLOSERS);
    for (Channel connection : connections) {
      if (connection instanceof SecretChannel channel) {
        closers.execute(channel::close);
      } else {
        cut(connection);
      }
    }
    closers.shutdown();
    await(closers, bound);
    connections.forEach(OpenConnections::cut);
  }

  private static void await(ExecutorService closers, Duration bound) {
    try {
      if (!closers.awaitTermination(bound.toNanos(), TimeUnit.NANOSECONDS)) {
        closers.shutdownNow();
      }
    } catch (InterruptedException e) {
      closers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static void cut(Channel connection) {
    if (connection instanceof SecretChannel channel) {
      channel.abort();
    } else {
      Deadline.closeQuietly(connection);
    }
  }
}
