package org.secrethandshake.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.benchmarks.jmh.JmhRuns;
import org.secrethandshake.benchmarks.jmh.JmhRuns.Extent;
import org.secrethandshake.benchmarks.jmh.Providers;
import org.secrethandshake.benchmarks.report.Disturbance;
import org.secrethandshake.benchmarks.report.Findings;
import org.secrethandshake.benchmarks.report.Findings.Task;
import org.secrethandshake.benchmarks.report.Results;

/**
 * One run of everything for some backends, each of which is available, and where asked for of
 * libsodium in C and the JavaScript reference; the command is what repeats it.
 */
public record BenchmarkRun(
    Extent extent, List<String> backends, boolean floor, boolean reference, String command) {

  List<Task> tasks(Findings findings) throws IOException {
    List<Task> tasks = new ArrayList<>(JmhRuns.tasks(extent, backends, findings));
    tasks.addAll(new Footprint(Jars.found(), findings).tasks(extent, backends));
    if (floor) {
      tasks.add(Beside.task("floor", "libsodium in C", extent, findings));
    }
    if (reference) {
      tasks.add(Beside.task("reference", "JavaScript reference", extent, findings));
    }
    return tasks;
  }

  /** Measures, which keeps this machine busy, and tells in a line of each part before it begins. */
  public Results measure(Consumer<String> progress) throws IOException, InterruptedException {
    Instant start = Instant.now();
    Findings findings = new Findings();
    Providers.unavailable().forEach(findings::note);
    List<Task> tasks = tasks(findings);
    Duration left = tasks.stream().map(Task::estimate).reduce(Duration.ZERO, Duration::plus);
    Disturbance disturbance = Disturbance.watch();
    for (Task task : tasks) {
      progress.accept(
          String.format(
              Locale.ROOT,
              "about %d:%02d left: %s",
              left.toMinutes(),
              left.toSecondsPart(),
              task.what()));
      disturbance.probe();
      task.work().run();
      left = left.minus(task.estimate());
    }
    return new Results(
        findings.measurements(),
        findings.notes(),
        backends.stream()
            .map(name -> new Results.Backend(name, CryptoProviders.named(name).description()))
            .toList(),
        start.toString(),
        processor() + ", cores: " + Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.version") + " on " + System.getProperty("os.name"),
        command,
        disturbance);
  }

  private static String processor() throws IOException {
    Path list = Path.of("/proc/cpuinfo");
    String text = Files.exists(list) ? Files.readString(list) : "";
    Matcher model = Pattern.compile("model name\\s*: (.*)").matcher(text);
    return model.find() ? model.group(1) : System.getProperty("os.arch");
  }
}
