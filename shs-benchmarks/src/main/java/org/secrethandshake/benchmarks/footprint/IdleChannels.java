package org.secrethandshake.benchmarks.footprint;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Memory of an idle channel, one end: {@link IdleServer} accepts channels over loopback TCP from
 * {@link IdleClients} in a process of their own, and nothing is ever sent on them.
 *
 * <p>Channels that were opened and closed before have paid for what a JVM pays once, such as
 * classes, compiled code and a backend's tables.
 *
 * <ul>
 *   <li>Heap is the growth of the used heap after full collections: all that a channel and its
 *       socket hold, but no thread, since an idle channel needs none of its own.
 *   <li>Native memory is the growth of the resident process outside the heap, on Linux: direct
 *       buffers, what a library allocates, and whatever the JVM itself gained meanwhile, some
 *       hundred KiB in all, which a pure-Java backend's figure shows. The kernel's buffers of a
 *       socket are not in it. On other systems: direct buffers alone.
 * </ul>
 */
final class IdleChannels {
  static final int HEAP_MIB = 512;

  /**
   * The second compiler takes megabytes, and would pass for memory of the channels; what those hold
   * does not depend on it.
   */
  private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

  /** A handshake on a slow machine. */
  private static final Duration SLOWEST = Duration.ofMillis(10);

  /**
   * Dials, if its jars are at hand: what is measured is at the other end, and this one is quick.
   */
  private static final String CLIENT = "bouncycastle";

  /** The heap within which the number of channels of a large server shall fit. */
  private static final int TARGET_HEAP_MIB = 256;

  private static final double BYTES_PER_MIB = 1024 * 1024;

  private final BackendJars jars;
  private final int heapMib;

  IdleChannels(BackendJars jars, int heapMib) {
    this.jars = jars;
    this.heapMib = heapMib;
  }

  /**
   * Prints what a number of channels hold in all, in a JVM that has no more heap than it shall
   * need. Arguments: the backend, the number.
   */
  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    Load load =
        new IdleChannels(BackendJars.found(), TARGET_HEAP_MIB)
            .measure(arguments[0], List.of(count))
            .get(0);
    System.out.printf(
        Locale.ROOT,
        "%s: %,d idle channels hold %.1f MiB of heap and %.1f MiB outside, in a JVM of %d MiB%n",
        arguments[0],
        count,
        load.growth().heapBytes() / BYTES_PER_MIB,
        load.growth().nativeBytes() / BYTES_PER_MIB,
        TARGET_HEAP_MIB);
  }

  /** The whole heap is there from the start, so that the rest of the process can be told apart. */
  static List<String> options(int heapMib) {
    return List.of(
        "-Xms" + heapMib + "m",
        "-Xmx" + heapMib + "m",
        MemoryReading.WHOLE_HEAP_RESIDENT,
        FIRST_COMPILER_ONLY);
  }

  /** Runs once, with all the counts, ascending. */
  List<Load> measure(String backend, List<Integer> counts) throws IOException {
    try (Child server =
        Child.start(
            jars.classPath(backend),
            options(heapMib),
            IdleServer.class,
            Load.arguments(backend, counts))) {
      return measure(server, server.line(), jars.has(CLIENT) ? CLIENT : backend, counts);
    }
  }

  private List<Load> measure(Child server, String port, String client, List<Integer> counts)
      throws IOException {
    try (Child clients =
        Child.start(
            jars.classPath(client),
            List.of(),
            IdleClients.class,
            client,
            port,
            Integer.toString(Load.first(counts)),
            Integer.toString(Load.most(counts)))) {
      return loads(server, clients, counts);
    }
  }

  private static List<Load> loads(Child server, Child clients, List<Integer> counts)
      throws IOException {
    try {
      List<Load> loads = new ArrayList<>();
      for (int count : counts) {
        loads.add(Load.parse(server.line(Child.PATIENCE.plus(SLOWEST.multipliedBy(count)))));
      }
      return loads;
    } catch (IOException e) {
      // A server whose clients have failed only waits.
      throw new IOException(e.getMessage() + clients.complaint(), e);
    }
  }
}
