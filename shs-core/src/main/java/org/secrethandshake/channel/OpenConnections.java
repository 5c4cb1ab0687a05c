package org.secrethandshake.channel;

import java.nio.channels.Channel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What a server closes when it stops: sockets in mid-handshake, and channels. Thread-safe. */
final class OpenConnections {
  /** Channels closed at the same time; each close may take its whole bound. */
  private static final int CLOSERS = 64;

  private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /** Adds a connection; one that comes too late is closed at once. */
  void add(Channel connection) {
    connections.add(connection);
    if (closing) {
      Deadline.closeQuietly(connection);
    }
  }

  void remove(Channel connection) {
    connections.remove(connection);
  }

  /** Closes all: sockets at once, channels with their goodbyes. */
  void closeAll() {
    closing = true;
    ExecutorService closers = Executors.newFixedThreadPool(CLOSERS);
    int channels = 0;
    for (Channel connection : connections) {
      if (connection instanceof SecretChannel channel) {
        channels++;
        closers.execute(channel::close);
      } else {
        Deadline.closeQuietly(connection);
      }
    }
    closers.shutdown();
    awaitClosed(closers, channels);
  }

  private static void awaitClosed(ExecutorService closers, int channels) {
    long rounds = channels / CLOSERS + 1L;
    try {
      if (!closers.awaitTermination(
          rounds * SecretChannel.CLOSE_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        closers.shutdownNow();
      }
    } catch (InterruptedException e) {
      closers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
