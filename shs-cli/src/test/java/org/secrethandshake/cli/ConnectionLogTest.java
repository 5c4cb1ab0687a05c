package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;

class ConnectionLogTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Shell shell =
      new Shell(
          InputStream.nullInputStream(),
          OutputStream.nullOutputStream(),
          new PrintStream(err, true, StandardCharsets.UTF_8),
          Map.of(),
          Set.of(),
          Set.of());

  @Test
  void tellsTheFirstFailuresAndCountsTheOthersByReason() {
    try (ConnectionLog log = new ConnectionLog(shell)) {
      for (int number = 0; number < 100_000; number++) {
        log.failed(
            "no channel", new HandshakeException(HandshakeException.Reason.TIMEOUT, "Slow."));
      }
      log.failed("cut", new BoxStreamException(BoxStreamException.Reason.TRUNCATED, "Cut."));
      log.failed("cut", new IllegalStateException("Broken."));
    }

    assertEquals(
        "shs: no channel: Slow.\n".repeat(ConnectionLog.LINES_PER_MINUTE)
            + "shs: 99997 more connections failed in the last minute:"
            + " 1 other reasons, 99995 timeout, 1 truncated.\n",
        err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void tellsTheFirstFailuresOfEachMinute() {
    try (ConnectionLog log = new ConnectionLog(shell)) {
      for (int minute = 0; minute < 2; minute++) {
        for (int number = 0; number < ConnectionLog.LINES_PER_MINUTE; number++) {
          log.failed("no channel", new IllegalStateException("Broken."));
        }
        log.endMinute();
      }
    }

    assertEquals(
        "shs: no channel: Broken.\n".repeat(2 * ConnectionLog.LINES_PER_MINUTE),
        err.toString(StandardCharsets.UTF_8));
  }
}
