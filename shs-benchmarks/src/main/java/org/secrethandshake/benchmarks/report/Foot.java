package org.secrethandshake.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a reader needs to trust the figures, or to repeat them. */
final class Foot {
  static final String RULE =
      "Bars and tables show medians; error bars show the interval that holds the true median with"
          + " a probability of 90 %. Two backends are too close to call unless their intervals are"
          + " apart and their medians differ by at least 10 %, or by 25 % where there are fewer"
          + " than five samples. Sizes on disk have no noise, so one sample of them is enough;"
          + " half a KiB of memory per channel decides nothing.";

  private Foot() {}

  /** Names and values, in the order in which they are shown. */
  static Map<String, String> of(Environment environment) {
    Map<String, String> foot = new LinkedHashMap<>();
    foot.put("Machine", environment.machine() + ", cores: " + environment.cores());
    foot.put("System", environment.system());
    foot.put("JVM", environment.jdk());
    environment.backends().forEach(backend -> foot.put(backend.name(), backend.description()));
    foot.put("Command", environment.command());
    foot.put("Date", Words.date(environment.date()));
    foot.put("Duration", Numbers.duration(environment.duration()));
    return foot;
  }
}
