package org.secrethandshake.benchmarks.footprint;

import java.io.IOException;
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
 *       buffers, what a library allocates, and whatever the JVM itself gained meanwhile, which at
 *       1,000 channels can be some KiB for each and is not the backend's; so the figure of a
 *       pure-Java backend shows the noise. Only the JVM's first compiler is used, to keep that low.
 *       The kernel's buffers of a socket are not in it. Elsewhere: direct buffers alone.
 * </ul>
 */
final class IdleChannels {
  static final int HEAP_MIB = 512;
  private static final String FIRST = "500";

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
        "-XX:TieredStopAtLevel=1");
  }

  /** Runs once, with all the counts, ascending. */
  List<Load> measure(String backend, List<Integer> counts) throws IOException {
    try (Child server =
        Child.start(
            jars.classPath(backend),
            options(heapMib),
            IdleServer.class,
            Load.arguments(List.of(backend, FIRST), counts))) {
      String port = server.line();
      String most = Integer.toString(counts.get(counts.size() - 1));
      try (Child clients =
          Child.start(
              jars.classPath(backend), List.of(), IdleClients.class, backend, port, FIRST, most)) {
        return loads(server, clients, counts.size());
      }
    }
  }

  private static List<Load> loads(Child server, Child clients, int number) throws IOException {
    try {
      List<Load> loads = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        loads.add(Load.parse(server.line()));
      }
      return loads;
    } catch (IOException e) {
      // A server whose clients have failed only waits.
      throw new IOException(e.getMessage() + clients.complaint(), e);
    }
  }
}
