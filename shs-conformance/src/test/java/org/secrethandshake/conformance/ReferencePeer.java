package org.secrethandshake.conformance;

import com.google.gson.annotations.SerializedName;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The reference as a live peer: one of the programs whose protocol interop/README.md describes. */
final class ReferencePeer implements AutoCloseable {
  private static final long EVENT_SECONDS = 30;

  private final NodeProgram program;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** A line of a peer; which fields are there depends on the event. */
  record Event(
      String event,
      Integer port,
      @SerializedName("public") String publicKey,
      String address,
      String remote,
      String id,
      String phase,
      String message,
      int sent,
      String sentSha256,
      int received,
      String receivedSha256,
      boolean goodbyeSent,
      boolean goodbyeReceived,
      boolean clean) {}

  private ReferencePeer(NodeProgram program) {
    this.program = program;
    Thread reader = new Thread(this::readLines, "reference-peer");
    reader.setDaemon(true);
    reader.start();
  }

  static ReferencePeer start(String script, String... options) throws IOException {
    return new ReferencePeer(
        NodeProgram.start(
            Map.of(), Stream.concat(Stream.of(script), List.of(options).stream()).toList()));
  }

  /** The next line, which must be of this event. */
  Event await(String event) throws InterruptedException {
    String line = lines.poll(EVENT_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("no event '" + event + "' came. " + program.errors());
    }
    Event next = Json.parse(line, Event.class);
    if (!next.event().equals(event)) {
      throw new AssertionError("instead of '" + event + "' came " + line + program.errors());
    }
    return next;
  }

  private void readLines() {
    try (BufferedReader reader = program.process().inputReader()) {
      reader.lines().forEach(lines::add);
    } catch (IOException | RuntimeException e) {
      // The process is gone; whoever waits for a line finds none.
    }
  }

  @Override
  public void close() throws IOException {
    program.close();
  }
}
