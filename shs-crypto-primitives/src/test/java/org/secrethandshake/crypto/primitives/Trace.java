package org.secrethandshake.crypto.primitives;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What observed classes have done since the last start: each branch, each index, each operand of a
 * division, and each call of another class, in order.
 *
 * <p>Public for the classes that {@link ObservedClasses} loads, which are in a package of their
 * own. Not thread-safe.
 */
public final class Trace {
  /** How the description of a call begins; the method follows. */
  static final String CALL = "a call of ";

  private static final List<String> PLACES = new ArrayList<>();

  private static long[] events = new long[1 << 16];
  private static int count;

  private Trace() {}

  /** One run. */
  record Run(long[] events) {
    /** Returns where the other run first differs, or {@code null} if it does not. */
    String differenceTo(Run other) {
      int at = Arrays.mismatch(events, other.events);
      if (at < 0) {
        return null;
      }
      long event = at < events.length ? events[at] : other.events[at];
      return placeOf(event) + ", after " + at + " events";
    }

    /** Returns the methods of other classes that were called. */
    Set<String> calls() {
      return Arrays.stream(events)
          .mapToObj(Run::placeOf)
          .filter(place -> place.startsWith(CALL))
          .map(place -> place.substring(CALL.length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String placeOf(long event) {
      return PLACES.get((int) (event >>> Integer.SIZE));
    }
  }

  /** Something that is observed. */
  interface Action {
    void run() throws Exception;
  }

  /** Runs and returns what the observed classes did. */
  static Run of(Action action) throws Exception {
    count = 0;
    action.run();
    return new Run(Arrays.copyOf(events, count));
  }

  /** Names a place in the code. */
  static int place(String description) {
    PLACES.add(description);
    return PLACES.size() - 1;
  }

  /** A value shows at a place. */
  public static void at(int value, int place) {
    if (count == events.length) {
      events = Arrays.copyOf(events, 2 * count);
    }
    events[count++] = (long) place << Integer.SIZE | Integer.toUnsignedLong(value);
  }
}
