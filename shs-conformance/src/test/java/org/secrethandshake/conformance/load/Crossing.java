package org.secrethandshake.conformance.load;

import java.util.List;
import org.secrethandshake.conformance.load.Link.Weather;

/**
 * One transfer between two hosts, and what happens to the link meanwhile.
 *
 * @param name in words
 * @param weather of the link
 * @param fault what happens to the link
 * @param clientBytes what the client sends; negative for an open input without a byte
 * @param serverBytes what the server sends, likewise
 * @param options of both commands, beyond their defaults
 * @param outcome what must come of it
 * @param seconds within which both commands end, counted from the cut if there is one
 */
record Crossing(
    String name,
    Weather weather,
    Fault fault,
    long clientBytes,
    long serverBytes,
    List<String> options,
    Outcome outcome,
    int seconds) {

  /** What must come of a transfer. Whatever it is, no command may call a part the whole. */
  enum Outcome {
    /** Both commands have received everything, and say so. */
    COMPLETE,
    /** Neither command says that all is well. */
    CUT,
    /** Either. */
    COMPLETE_OR_CUT
  }

  /**
   * What happens to the link.
   *
   * @param when it is cut
   * @param bytes that pass before a cut that waits for them
   * @param healsAfter seconds; 0 if never
   */
  record Fault(When when, long bytes, int healsAfter) {
    static final Fault NONE = new Fault(When.NEVER, 0, 0);

    /** The moment of a cut. */
    enum When {
      NEVER,
      /** Before the client dials. */
      BEFORE,
      /** Once so many bytes of packets have passed since then. */
      AFTER_BYTES,
      /** Once the channel is open and silent. */
      IN_SILENCE,
      /** Likewise, and then the client sends something, which nobody acknowledges. */
      BEFORE_THE_LAST_WORDS
    }

    static Fault after(long bytes) {
      return new Fault(When.AFTER_BYTES, bytes, 0);
    }

    Fault healingAfter(int seconds) {
      return new Fault(when, bytes, seconds);
    }
  }
}
