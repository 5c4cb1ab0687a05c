package org.secrethandshake.benchmarks.jmh;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks of this jar, as JMH's processor has listed them, and their parameters. */
final class Benchmarks {
  static final String PACKAGE = Benchmarks.class.getPackageName() + ".";

  /** The parameters whose values are names of backends. */
  static final List<String> PROVIDER_PARAMETERS = List.of("provider", "client", "server");

  private static final OutputFormat SILENCE =
      OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);

  private Benchmarks() {}

  static List<BenchmarkListEntry> matching(String pattern) {
    return List.copyOf(BenchmarkList.defaultList().find(SILENCE, List.of(pattern), List.of()));
  }

  /** A pattern for one benchmark alone. */
  static String pattern(String name) {
    return "^" + name.replace(".", "\\.") + "$";
  }

  /** How many combinations of backends it is run with. */
  static int subjects(BenchmarkListEntry benchmark, int providers) {
    return parameters(benchmark).keySet().stream()
        .filter(PROVIDER_PARAMETERS::contains)
        .mapToInt(parameter -> providers)
        .reduce(1, Math::multiplyExact);
  }

  /** Every combination of the values of its other parameters; one that is empty if it has none. */
  static List<Map<String, String>> values(BenchmarkListEntry benchmark) {
    List<Map<String, String>> combinations = List.of(Map.of());
    for (Map.Entry<String, String[]> parameter : parameters(benchmark).entrySet()) {
      if (!PROVIDER_PARAMETERS.contains(parameter.getKey())) {
        combinations = combinations.stream().flatMap(values -> with(values, parameter)).toList();
      }
    }
    return combinations;
  }

  private static Stream<Map<String, String>> with(
      Map<String, String> values, Map.Entry<String, String[]> parameter) {
    return Stream.of(parameter.getValue())
        .map(
            value -> {
              Map<String, String> more = new TreeMap<>(values);
              more.put(parameter.getKey(), value);
              return more;
            });
  }

  private static Map<String, String[]> parameters(BenchmarkListEntry benchmark) {
    return benchmark.getParams().orElse(Map.of());
  }
}
