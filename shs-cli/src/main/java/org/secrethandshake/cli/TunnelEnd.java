package org.secrethandshake.cli;

import java.io.IOException;
import java.time.Duration;

/** One end of a tunnel while it serves. Thread-safe. */
interface TunnelEnd {
  /** Where it can be reached. */
  String announcement();

  /**
   * Takes no new connections, and waits for those there are; then cuts them. Calling this again
   * does nothing.
   *
   * @param grace how long to wait
   */
  void stop(Duration grace) throws IOException;
}
