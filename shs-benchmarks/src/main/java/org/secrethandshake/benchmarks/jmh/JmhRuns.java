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
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.secrethandshake.benchmarks.report.Findings;
import org.secrethandshake.benchmarks.report.Findings.Figure;
import org.secrethandshake.benchmarks.report.Section;
import org.secrethandshake.benchmarks.report.Task;

/** Runs of the benchmarks: for a report, in forked JVMs; or each once, so that none rots unseen. */
public final class JmhRuns {
  /** How much is measured: two minutes for the terminal, three for a first report, or all. */
  public enum Extent {
    BRIEF,
    QUICK,
    FULL
  }

  /** How many JVMs one benchmark with one backend has, and what each does. */
  private record Effort(int forks, int warmups, int warmupMillis, int millis) {
    static final int ITERATIONS = 5;

    static Effort of(Extent extent) {
      return switch (extent) {
        case BRIEF -> new Effort(1, 1, 1000, 200);
        case QUICK -> new Effort(2, 1, 900, 150);
        case FULL -> new Effort(2, 2, 500, 500);
      };
    }

    /** With what it takes to start a JVM, make the inputs, and stop it. */
    Duration ofOneFork() {
      return Duration.ofMillis(800 + warmups * warmupMillis + ITERATIONS * millis);
    }
  }

  private static final String PROVIDER = "provider";
  private static final double MICROS_PER_SECOND = 1e6;

  /** The first JDK that warns of native access, and of the way in which JMH looks at objects. */
  private static final int WARNING_JDK = 24;

  private JmhRuns() {}

  /** What a JVM that measures is told. */
  public static List<String> jvmArguments() {
    return Runtime.version().feature() >= WARNING_JDK
        ? List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
        : List.of();
  }

  /**
   * The benchmarks, each as often as it has JVMs: all of them once, then all again, so that a slow
   * spell of the machine shows as the spread that it is, and not as a difference.
   */
  public static List<Task> tasks(Extent extent, List<String> backends, Findings findings) {
    List<Task> tasks = new ArrayList<>();
    Effort effort = Effort.of(extent);
    Duration estimate = effort.ofOneFork().multipliedBy(backends.size());
    for (int pass = 0; pass < effort.forks; pass++) {
      for (Part part : parts(extent)) {
        tasks.add(
            new Task(part.figure.title(), estimate, () -> part.run(extent, backends, findings)));
      }
    }
    return tasks;
  }

  /** All figures of a full run, else those that decide. */
  static List<Part> parts(Extent extent) {
    boolean full = extent == Extent.FULL;
    List<Part> parts = new ArrayList<>();
    DoubleUnaryOperator rate = us -> MICROS_PER_SECOND / us;
    parts.add(new Part(new Figure(Section.HANDSHAKE, ""), "Handshake.handshake", "", 1, rate));
    for (int bytes : List.of(64, 256, 1024, 4096)) {
      Figure packet = new Figure(Section.PACKET, bytes + " bytes");
      // A byte per microsecond is a megabyte per second.
      DoubleUnaryOperator speed = us -> bytes / us;
      parts.add(new Part(packet, "BoxStream.boxAndUnbox", "bodyBytes=" + bytes, 1, speed));
    }
    Figure stream = new Figure(Section.STREAM, "one way");
    DoubleUnaryOperator speed = us -> ChannelBenchmark.CHUNK_BYTES / us;
    parts.add(new Part(stream, "Channel.oneWay", "", 1, speed));
    for (int size : full ? List.of(16, 256, 1024) : List.of(16)) {
      Figure latency = new Figure(Section.LATENCY, size + " bytes");
      parts.add(new Part(latency, "Channel.requestResponse", "size=" + size, 1, us -> us));
    }
    for (int count : full ? List.of(1, 10, 100) : List.of(10)) {
      Figure connect = new Figure(Section.CONNECT, count + " in flight");
      DoubleUnaryOperator all = us -> count * MICROS_PER_SECOND / us;
      parts.add(new Part(connect, "Channel.connect", "", count, all));
    }
    if (full) {
      for (HandshakeStepBenchmark.Step step : HandshakeStepBenchmark.Step.values()) {
        Figure figure = new Figure(Section.STEP, step.name());
        parts.add(new Part(figure, "HandshakeStep.run", "step=" + step, 1, us -> us));
      }
      for (OperationBenchmark.Operation each : OperationBenchmark.Operation.values()) {
        Figure figure = new Figure(Section.OPERATION, each.name());
        parts.add(new Part(figure, "Operation.run", "operation=" + each, 1, us -> us));
      }
    }
    return parts;
  }

  /** Runs all once, which measures nothing; false if one fails, or there is none or no backend. */
  public static boolean smoke(String pattern, List<String> backends, PrintStream out) {
    // Nothing is measured, so another JMH on this machine does not matter.
    System.setProperty("jmh.ignoreLock", "true");
    try {
      Collection<RunResult> results =
          new Runner(
                  options(pattern, backends)
                      .forks(0)
                      .warmupIterations(0)
                      .measurementIterations(1)
                      .measurementTime(TimeValue.milliseconds(10))
                      .verbosity(VerboseMode.SILENT)
                      .build())
              .run();
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

  private static ChainedOptionsBuilder options(String pattern, List<String> backends) {
    return new OptionsBuilder()
        .include(pattern)
        .param(PROVIDER, backends.toArray(String[]::new))
        .shouldFailOnError(true);
  }

  /**
   * One figure of all backends, which are measured right after each other: what disturbs the
   * machine for a while then disturbs all of them.
   *
   * @param parameter a name and a value, or empty
   * @param ofMicros makes the unit of the figure from microseconds per operation
   */
  record Part(
      Figure figure,
      String benchmark,
      String parameter,
      int threads,
      DoubleUnaryOperator ofMicros) {

    private void run(Extent extent, List<String> backends, Findings findings) throws IOException {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
        var format = OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL);
        new Runner(options(extent, backends), format)
            .run()
            .forEach(result -> add(result, findings));
      } catch (RunnerException e) {
        throw new IOException("JMH has failed: " + said.toString(StandardCharsets.UTF_8), e);
      }
    }

    Options options(Extent extent, List<String> backends) {
      Effort effort = Effort.of(extent);
      String name = getClass().getPackageName() + "." + benchmark.replace(".", "Benchmark.");
      ChainedOptionsBuilder options =
          JmhRuns.options("^" + name.replace(".", "\\.") + "$", backends)
              .threads(threads)
              .forks(1)
              .warmupIterations(effort.warmups)
              .warmupTime(TimeValue.milliseconds(effort.warmupMillis))
              .measurementIterations(Effort.ITERATIONS)
              .measurementTime(TimeValue.milliseconds(effort.millis))
              .addProfiler(GCProfiler.class)
              .jvmArgsAppend(jvmArguments().toArray(String[]::new))
              // A benchmark that hangs is not waited for longer.
              .timeout(TimeValue.minutes(1));
      String[] pair = parameter.split("=", -1);
      return pair.length < 2 ? options.build() : options.param(pair[0], pair[1]).build();
    }

    void add(RunResult result, Findings findings) {
      List<Double> samples =
          result.getBenchmarkResults().stream()
              .flatMap(fork -> fork.getIterationResults().stream())
              .map(iteration -> ofMicros.applyAsDouble(iteration.getPrimaryResult().getScore()))
              .toList();
      Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
      // NaN is what its profiler says when it saw nothing.
      Double seen = bytes == null || Double.isNaN(bytes.getScore()) ? null : bytes.getScore();
      findings.add(figure, result.getParams().getParam(PROVIDER), samples, seen);
    }
  }
}
