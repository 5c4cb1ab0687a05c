package org.secrethandshake.benchmarks.jmh;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.secrethandshake.benchmarks.results.Extent;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Section;

/** What is measured in which order: all figures of a full run, else those of the charts. */
final class JmhPlan {
  private static final Set<Section> CHARTED =
      Set.of(Section.HANDSHAKE, Section.PACKET, Section.STREAM, Section.LATENCY, Section.CONNECT);
  private static final Set<Figure> FOR_A_FIRST_LOOK =
      Set.of(
          new Figure(Section.STREAM, "one way"),
          new Figure(Section.LATENCY, "16 bytes"),
          new Figure(Section.CONNECT, "10 in flight"));
  private static final Set<Section> FOR_A_FIRST_LOOK_WHOLE =
      Set.of(Section.HANDSHAKE, Section.PACKET);

  private final Extent extent;
  private final int providers;

  JmhPlan(Extent extent, int providers) {
    this.extent = extent;
    this.providers = providers;
  }

  List<Part> parts() {
    return Benchmarks.matching(".*").stream()
        .flatMap(this::parts)
        .filter(part -> isWanted(part.figure()))
        .sorted(Comparator.comparing(part -> part.figure().section()))
        .toList();
  }

  /** The parts in the order of their forks: all of them once, then all again. */
  List<Part> turns() {
    List<Part> parts = parts();
    int passes = parts.stream().mapToInt(part -> part.effort().forks()).max().orElse(0);
    return IntStream.range(0, passes)
        .boxed()
        .flatMap(pass -> parts.stream().filter(part -> pass < part.effort().forks()))
        .toList();
  }

  Duration estimate() {
    return parts().stream().map(Part::estimate).reduce(Duration.ZERO, Duration::plus);
  }

  private boolean isWanted(Figure figure) {
    return extent == Extent.FULL
        || FOR_A_FIRST_LOOK_WHOLE.contains(figure.section())
        || FOR_A_FIRST_LOOK.contains(figure);
  }

  private Stream<Part> parts(BenchmarkListEntry benchmark) {
    return Benchmarks.values(benchmark).stream()
        .flatMap(
            values ->
                IntStream.rangeClosed(1, mostThreads(benchmark))
                    .boxed()
                    .flatMap(threads -> part(benchmark, values, threads)));
  }

  /** Only channels are one for each thread; the others would show the processor, not themselves. */
  private static int mostThreads(BenchmarkListEntry benchmark) {
    return benchmark.getUserClassQName().equals(ChannelBenchmark.class.getName()) ? 2 : 1;
  }

  private Stream<Part> part(BenchmarkListEntry benchmark, Map<String, String> values, int threads) {
    String name = benchmark.getUsername();
    int subjects = Benchmarks.subjects(benchmark, providers);
    return Reading.of(name, values, threads).map(Reading::figure).stream()
        .map(
            figure ->
                new Part(
                    name,
                    values,
                    threads,
                    figure,
                    Effort.of(extent, CHARTED.contains(figure.section())),
                    subjects));
  }
}
