package org.secrethandshake.benchmarks.report;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import org.secrethandshake.benchmarks.report.Findings.Measurement;
import org.secrethandshake.benchmarks.report.Ranking.Statistics;

/**
 * What else the machine did during a run.
 *
 * <p>The load average of a run says little: what is measured makes most of it. So before each part
 * of a run, when nothing is measured, {@link #probe} asks for all cores for a moment, and sees how
 * much of them it gets: on a quiet machine nearly all, beside as much other work half.
 *
 * @param load the load average when the run began; negative where the system does not tell
 * @param granted the shares of the cores that the probes got, each from 0 to 1
 */
public record Disturbance(double load, int cores, List<Double> granted) {
  /** Half of the probes must get at least this. Alone they get 0.95 and more. */
  private static final double ENOUGH = 0.85;

  /** A load of one for each core is what a build leaves for a minute after its end. */
  private static final double MOST_LOAD_PER_CORE = 2;

  /** Half of the speeds must stay within this, lowest to highest. */
  private static final double MOST_SPREAD = 1.6;

  private static final long PROBE_NANOS = 100_000_000;

  public static Disturbance watch() {
    return new Disturbance(
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.getRuntime().availableProcessors(),
        new ArrayList<>());
  }

  /** Asks for all cores for a tenth of a second. */
  public void probe() throws InterruptedException {
    DoubleAdder sum = new DoubleAdder();
    List<Thread> threads = new ArrayList<>();
    for (int core = 0; core < cores; core++) {
      threads.add(new Thread(() -> sum.add(spin()), "probe"));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    granted.add(Math.min(1, sum.sum() / cores));
  }

  private static double spin() {
    ThreadMXBean own = ManagementFactory.getThreadMXBean();
    long cpu = own.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    long elapsed = 0;
    while (elapsed < PROBE_NANOS) {
      elapsed = System.nanoTime() - start;
    }
    // A JVM that cannot tell says -1 both times.
    return cpu < 0 ? 1 : (own.getCurrentThreadCpuTime() - cpu) / (double) elapsed;
  }

  /** Why the figures of a run decide nothing, in sentences; empty on a quiet machine. */
  List<String> reasons(List<Measurement> measurements) {
    List<String> reasons = new ArrayList<>();
    double free = granted.isEmpty() ? 1 : Statistics.of(granted).median();
    if (free < ENOUGH) {
      String form = "Between the measurements, only %.0f %% of the processor was free.";
      reasons.add(Words.text(form, 100 * free));
    }
    if (load > MOST_LOAD_PER_CORE * cores) {
      String form = "The load average was %.1f on %d cores when the run began.";
      reasons.add(Words.text(form, load, cores));
    }
    // Of the speeds only: the others have few samples each.
    List<Double> spreads =
        measurements.stream()
            .filter(each -> each.figure().section().compareTo(Section.CONNECT) <= 0)
            .map(Measurement::statistics)
            .filter(each -> each.enough() && each.low() > 0)
            .map(each -> each.high() / each.low())
            .toList();
    double spread = spreads.isEmpty() ? 1 : Statistics.of(spreads).median();
    if (spread > MOST_SPREAD) {
      String form = "Half of the speeds varied by a factor of %.1f or more within this run.";
      reasons.add(Words.text(form, spread));
    }
    return reasons;
  }
}
