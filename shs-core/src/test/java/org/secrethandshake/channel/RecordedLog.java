package org.secrethandshake.channel;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that is logged in this JVM while it is open, in full: messages, exceptions and causes. */
final class RecordedLog extends Handler implements AutoCloseable {
  /** A line of the log with its level. */
  record Line(Level level, String text) {}

  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("org.secrethandshake");

  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final Level before = OURS.getLevel();

  RecordedLog() {
    setLevel(Level.ALL);
    OURS.setLevel(Level.ALL);
    ROOT.addHandler(this);
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  List<String> linesWith(String text) {
    return lines.stream().map(Line::text).filter(line -> line.contains(text)).toList();
  }

  @Override
  public void publish(LogRecord record) {
    StringWriter text = new StringWriter();
    text.append(formatter.formatMessage(record)).append('\n');
    if (record.getThrown() != null) {
      record.getThrown().printStackTrace(new PrintWriter(text, true));
    }
    lines.add(new Line(record.getLevel(), text.toString()));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    ROOT.removeHandler(this);
    OURS.setLevel(before);
  }
}
