package org.secrethandshake.channel;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.channel.Connection.Phase;

/**
 * The connections of one server, within its bounds. Thread-safe: the lock of this object guards the
 * phase of each.
 *
 * <p>Who stalls must not shut out who does not. So at a bound a new connection does not wait for a
 * place: the anonymous one that has taken the longest gives up its own, once it has had {@link
 * #PATIENCE_MILLIS}, which is plenty for a client that wants to get in. With n places, that admits
 * at least n connections in every half second, whoever they are.
 */
final class Connections {
  /** What an anonymous connection has for its handshake, however many want its place. */
  private static final long PATIENCE_MILLIS = 500;

  private final int maxHandshakes;
  private final int maxChannels;
  private final Set<Connection> all = new LinkedHashSet<>();
  private final Set<Connection> handshaking = new LinkedHashSet<>();
  private long dropped;
  private boolean stopping;

  Connections(int maxHandshakes, int maxChannels) {
    this.maxHandshakes = maxHandshakes;
    this.maxChannels = maxChannels;
  }

  /**
   * Takes a connection in, waiting for a place.
   *
   * @return {@code false} if the server stops
   */
  synchronized boolean admit(Connection connection) throws InterruptedException {
    while (!stopping && isFull()) {
      long patience = dropLongestWaiting();
      if (patience > 0) {
        wait(patience);
      }
    }
    if (stopping) {
      return false;
    }
    all.add(connection);
    handshaking.add(connection);
    return true;
  }

  private boolean isFull() {
    return handshaking.size() >= maxHandshakes || all.size() >= maxChannels;
  }

  /**
   * Drops the anonymous connection that has taken the longest, if it has had its time.
   *
   * @return how many milliseconds to wait until that can help; 0 if it has
   */
  synchronized long dropLongestWaiting() {
    Connection longest = longestWaiting();
    if (longest == null) {
      return TimeUnit.MINUTES.toMillis(1);
    }
    long patience = PATIENCE_MILLIS - longest.ageMillis();
    if (patience > 0) {
      return patience;
    }
    remove(longest);
    longest.drop();
    dropped++;
    return 0;
  }

  private @Nullable Connection longestWaiting() {
    return handshaking.stream()
        .filter(connection -> connection.phase == Phase.ANONYMOUS)
        .findFirst()
        .orElse(null);
  }

  /** How many were dropped to make room. */
  synchronized long dropped() {
    return dropped;
  }

  /**
   * Takes a connection into its next phase.
   *
   * @return {@code false} if it has ended meanwhile, or has come to its handler while the server
   *     stops
   */
  synchronized boolean moveOn(Connection connection, Phase next) {
    if (connection.phase == Phase.ENDED || (stopping && next == Phase.OPEN)) {
      return false;
    }
    connection.phase = next;
    if (next == Phase.OPEN) {
      handshaking.remove(connection);
    }
    notifyAll();
    return true;
  }

  /** Gives up a connection's place. Doing that again does nothing. */
  synchronized void remove(Connection connection) {
    connection.phase = Phase.ENDED;
    handshaking.remove(connection);
    all.remove(connection);
    notifyAll();
  }

  synchronized boolean isStopping() {
    return stopping;
  }

  /**
   * Ends all of them. Handshakes are cut at once. Handlers have the grace to return, and are cut
   * after it: what they have written may be a part, so no goodbye may follow. Channels whose
   * handler has returned take leave, each on its own thread, and are cut at the bound.
   *
   * @return whether this thread was interrupted meanwhile, which ends the grace
   */
  boolean stop(Duration grace, Duration bound) {
    synchronized (this) {
      stopping = true;
      notifyAll();
    }
    in(Phase.ANONYMOUS, Phase.AUTHORIZING).forEach(Connection::cut);
    boolean interrupted = awaitNone(connection -> connection.phase == Phase.OPEN, grace);
    in(Phase.OPEN).forEach(Connection::cutUnlessParting);
    interrupted |= awaitNone(Connection::isParting, bound);
    in(Phase.values()).forEach(Connection::cut);
    return interrupted;
  }

  /** Waits until none is left, or the time is up; tells whether an interrupt ended the wait. */
  boolean awaitEnd(Duration limit) {
    return awaitNone(connection -> true, limit);
  }

  private synchronized List<Connection> in(Phase... phases) {
    List<Phase> wanted = List.of(phases);
    return all.stream().filter(connection -> wanted.contains(connection.phase)).toList();
  }

  private synchronized boolean awaitNone(Predicate<Connection> kind, Duration limit) {
    long end = System.nanoTime() + Deadline.nanos(limit);
    try {
      long millis = TimeUnit.NANOSECONDS.toMillis(Deadline.nanos(limit));
      while (millis > 0 && all.stream().anyMatch(kind)) {
        wait(millis);
        millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
