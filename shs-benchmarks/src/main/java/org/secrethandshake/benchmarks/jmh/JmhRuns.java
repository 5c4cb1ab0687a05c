package org.secrethandshake.benchmarks.jmh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.secrethandshake.benchmarks.report.Findings;
import org.secrethandshake.benchmarks.report.Findings.Figure;
import org.secrethandshake.benchmarks.report.Findings.Task;
import org.secrethandshake.benchmarks.report.Section;

/** Runs of the benchmarks: for a report, in forked JVMs; or each once, so that none rots unseen. */
public final class JmhRuns {
  /** How much is measured: two minutes for the terminal, three for a first report, or all. */
  public enum Extent {
    BRIEF(1, 2800, 1000, "-i 5 -r 200ms"),
    QUICK(2, 2450, 900, "-i 5 -r 150ms"),
    FULL(2, 4300, 1000, "-i 5 -r 500ms");

    private final int forks;
    private final int forkMillis;
    private final int warmUpMillis;
    private final String options;

    Extent(int forks, int forkMillis, int warmUpMillis, String options) {
      this.forks = forks;
      this.forkMillis = forkMillis;
      this.warmUpMillis = warmUpMillis;
      this.options = options;
    }
  }

  /** A handshake is compiled that much more slowly than anything else. */
  private static final int HANDSHAKE_WARM_UPS = 4;

  private static final double MICROS_PER_SECOND = 1e6;

  private JmhRuns() {}

  /** What a JVM is told, if it warns of native access, and of how JMH looks at objects. */
  public static List<String> jvmArguments() {
    return Runtime.version().feature() >= 24
        ? List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
        : List.of();
  }

  /** All once, then all again, so that a slow spell shows as spread and not as a difference. */
  public static List<Task> tasks(Extent extent, List<String> backends, Findings findings) {
    List<Task> tasks = new ArrayList<>();
    for (int pass = 0; pass < extent.forks; pass++) {
      for (Part part : parts(extent)) {
        long millis = extent.forkMillis + (part.warmUps() - 1L) * extent.warmUpMillis;
        Duration estimate = Duration.ofMillis(millis * backends.size());
        tasks.add(
            new Task(part.figure.title(), estimate, () -> part.run(extent, backends, findings)));
      }
    }
    return tasks;
  }

  /** All figures of a full run, else those that decide. A byte per µs is a megabyte per second. */
  static List<Part> parts(Extent extent) {
    boolean full = extent == Extent.FULL;
    List<Part> parts = new ArrayList<>();
    parts.add(Part.of(Section.HANDSHAKE, "", "Handshake", us -> MICROS_PER_SECOND / us));
    for (int bytes : List.of(64, 256, 1024, 4096)) {
      String name = "BoxStream -p bodyBytes=" + bytes;
      parts.add(Part.of(Section.PACKET, bytes + " bytes", name, us -> bytes / us));
    }
    parts.add(Part.of(Section.STREAM, "one way", "OneWay", us -> OneWayBenchmark.CHUNK_BYTES / us));
    for (int size : full ? List.of(16, 256, 1024) : List.of(16)) {
      String name = "RequestResponse -p size=" + size;
      parts.add(Part.of(Section.LATENCY, size + " bytes", name, us -> us));
    }
    for (int count : full ? List.of(1, 10, 100) : List.of(10)) {
      DoubleUnaryOperator rate = us -> count * MICROS_PER_SECOND / us;
      parts.add(Part.of(Section.CONNECT, count + " in flight", "Connect -t " + count, rate));
    }
    if (full) {
      for (String step : HandshakeStepBenchmark.STEPS) {
        parts.add(Part.of(Section.STEP, step, "HandshakeStep -p step=" + step, us -> us));
      }
      for (String each : OperationBenchmark.values()) {
        parts.add(Part.of(Section.OPERATION, each, "Operation -p operation=" + each, us -> us));
      }
    }
    return parts;
  }

  /** Runs all once, which measures nothing; false if one fails, or there is none or no backend. */
  public static boolean smoke(String pattern, List<String> backends, PrintStream out) {
    // Nothing is measured, so another JMH on this machine does not matter.
    System.setProperty("jmh.ignoreLock", "true");
    try {
      var results = run(pattern + " -f 0 -wi 0 -i 1 -r 10ms -foe true", backends, out, true);
      results.forEach(result -> out.println("ok  " + result.getParams().id()));
      return !backends.isEmpty() && !results.isEmpty();
    } catch (RunnerException e) {
      // JMH hides what a benchmark threw behind its own exception.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      out.println("FAILED  " + cause);
      Stream.of(cause.getSuppressed()).forEach(thrown -> thrown.printStackTrace(out));
      return false;
    }
  }

  /** JMH has its own language for options. */
  private static Collection<RunResult> run(
      String options, List<String> backends, PrintStream out, boolean silent)
      throws RunnerException {
    List<String> words = new ArrayList<>(List.of(options.split(" ", -1)));
    words.addAll(List.of("-p", "provider=" + String.join(",", backends)));
    if (!jvmArguments().isEmpty()) {
      words.addAll(List.of("-jvmArgsAppend", String.join(" ", jvmArguments())));
    }
    VerboseMode mode = silent ? VerboseMode.SILENT : VerboseMode.NORMAL;
    try {
      var parsed = new CommandLineOptions(words.toArray(String[]::new));
      return new Runner(parsed, OutputFormatFactory.createFormatInstance(out, mode)).run();
    } catch (CommandLineOptionException e) {
      throw new IllegalArgumentException(options, e);
    }
  }

  /** One figure of all backends, one after the other: what disturbs one disturbs all of them. */
  record Part(Figure figure, String options, DoubleUnaryOperator ofMicros) {
    private static Part of(
        Section section, String variant, String benchmark, DoubleUnaryOperator ofMicros) {
      String options = "\\." + benchmark.replaceFirst("( |$)", "Benchmark\\\\. ");
      return new Part(new Figure(section, variant), options.strip(), ofMicros);
    }

    private int warmUps() {
      return figure.section() == Section.HANDSHAKE ? HANDSHAKE_WARM_UPS : 1;
    }

    /** A benchmark that hangs is not waited for longer than a minute. */
    private void run(Extent extent, List<String> backends, Findings findings) throws IOException {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
        String warmUp = " -wi %d -w %dms ".formatted(warmUps(), extent.warmUpMillis);
        String all = options + " -f 1 -foe true -to 1m -prof gc" + warmUp + extent.options;
        JmhRuns.run(all, backends, out, false).forEach(result -> add(result, findings));
      } catch (RunnerException e) {
        throw new IOException("JMH has failed: " + said.toString(StandardCharsets.UTF_8), e);
      }
    }

    private void add(RunResult result, Findings findings) {
      List<Double> samples =
          result.getBenchmarkResults().stream()
              .flatMap(fork -> fork.getIterationResults().stream())
              .map(iteration -> ofMicros.applyAsDouble(iteration.getPrimaryResult().getScore()))
              .toList();
      Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
      // NaN is what its profiler says when it saw nothing.
      Double seen = bytes == null || Double.isNaN(bytes.getScore()) ? null : bytes.getScore();
      findings.add(figure, result.getParams().getParam("provider"), samples, seen);
    }
  }
}
