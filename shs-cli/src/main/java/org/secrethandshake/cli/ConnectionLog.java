package org.secrethandshake.cli;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;

/**
 * Tells of connections that failed: the first ones of a minute each in its own line, the others at
 * the end of the minute as counts. So nobody fills the disk of a server by knocking at its port.
 * Thread-safe.
 */
final class ConnectionLog implements AutoCloseable {
  static final int LINES_PER_MINUTE = 5;

  private final Shell shell;
  private final ScheduledExecutorService minutes =
      Executors.newSingleThreadScheduledExecutor(ConnectionLog::daemon);
  private final Map<String, Integer> counts = new TreeMap<>();
  private int lines;

  ConnectionLog(Shell shell) {
    this.shell = shell;
  }

  /** A log that ends its minutes by itself, until it is closed. */
  static ConnectionLog start(Shell shell) {
    ConnectionLog log = new ConnectionLog(shell);
    var unused = log.minutes.scheduleAtFixedRate(log::endMinute, 1, 1, TimeUnit.MINUTES);
    return log;
  }

  /**
   * Tells or counts a connection that failed.
   *
   * @param what the beginning of the line, such as "a channel was cut"
   */
  synchronized void failed(String what, Throwable problem) {
    if (lines < LINES_PER_MINUTE) {
      lines++;
      shell.say(what + ": " + Words.of(problem));
    } else {
      counts.merge(kind(problem), 1, Integer::sum);
    }
  }

  /** Tells the counts, and begins anew. */
  synchronized void endMinute() {
    if (!counts.isEmpty()) {
      int total = counts.values().stream().mapToInt(Integer::intValue).sum();
      String kinds =
          counts.entrySet().stream()
              .map(kind -> kind.getValue() + " " + kind.getKey())
              .collect(Collectors.joining(", "));
      shell.say("%d more connections failed in the last minute: %s.".formatted(total, kinds));
    }
    counts.clear();
    lines = 0;
  }

  private static String kind(Throwable problem) {
    if (problem instanceof HandshakeException handshake) {
      return words(handshake.reason());
    }
    return problem instanceof BoxStreamException stream ? words(stream.reason()) : "other reasons";
  }

  private static String words(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "shs-minutes");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    minutes.shutdownNow();
    endMinute();
  }
}
