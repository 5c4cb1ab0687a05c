package org.secrethandshake.benchmarks.jmh;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.secrethandshake.benchmarks.results.Figure;

/**
 * One figure of all backends, which are measured right after each other: what disturbs the machine
 * for a while then disturbs all of them.
 *
 * @param values the parameters other than backends
 * @param subjects how many backends, or pairs of them, are measured
 */
record Part(
    String benchmark,
    Map<String, String> values,
    int threads,
    Figure figure,
    Effort effort,
    int subjects) {
  /** A benchmark that hangs is not waited for longer. */
  private static final TimeValue PATIENCE = TimeValue.minutes(1);

  String what() {
    String variant = figure.variant();
    return figure.section().title() + (variant.isEmpty() ? "" : ": " + variant);
  }

  Duration estimate() {
    return ofOneFork().multipliedBy(effort.forks());
  }

  Duration ofOneFork() {
    return effort.ofOneFork().multipliedBy(subjects);
  }

  Options options(List<String> providers) {
    String[] names = providers.toArray(String[]::new);
    ChainedOptionsBuilder options = effort.applyTo(new OptionsBuilder());
    Benchmarks.PROVIDER_PARAMETERS.forEach(parameter -> options.param(parameter, names));
    values.forEach(options::param);
    return options
        .include(Benchmarks.pattern(benchmark))
        .threads(threads)
        .addProfiler(GCProfiler.class)
        .jvmArgsAppend(Forks.jvmArguments().toArray(String[]::new))
        .shouldFailOnError(true)
        .timeout(PATIENCE)
        .build();
  }
}
