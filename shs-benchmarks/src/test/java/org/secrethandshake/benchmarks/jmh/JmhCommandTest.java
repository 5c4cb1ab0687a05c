package org.secrethandshake.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.CommandLineOptions;

class JmhCommandTest {
  private static final List<String> PROVIDERS = List.of("sodium", "theirs");

  @Test
  void measuresEveryAvailableBackendOnEverySide() throws Exception {
    assertEquals(PROVIDERS, parameter("provider", "HandshakeBenchmark"));
    assertEquals(PROVIDERS, parameter("client", "HandshakeBenchmark"));
    assertEquals(PROVIDERS, parameter("server", "HandshakeBenchmark"));
  }

  @Test
  void leavesAGivenBackendAlone() throws Exception {
    assertEquals(List.of("tink"), parameter("client", "-p", "client=tink"));
    assertEquals(PROVIDERS, parameter("server", "-p", "client=tink"));
  }

  @Test
  void keepsTheGivenOptions() throws Exception {
    CommandLineOptions options = completed(PROVIDERS, "-f", "3", "-prof", "gc", "Handshake");
    assertEquals(3, options.getForkCount().get());
    assertEquals("gc", options.getProfilers().get(0).getKlass());
    assertEquals(List.of("Handshake"), options.getIncludes());
  }

  @Test
  void leavesWrongOptionsToJmh() {
    List<String> wrong = List.of("--no-such-option");
    assertEquals(wrong, JmhCommand.completed(wrong, PROVIDERS));
  }

  @Test
  void asksForNoBackendWhereThereIsNone() throws Exception {
    assertEquals(false, completed(List.of(), "-l").getParameter("provider").hasValue());
  }

  @Test
  void tellsForksWhatSilencesTheirWarnings() throws Exception {
    List<String> expected = Forks.jvmArguments();
    assertEquals(expected, List.copyOf(completed(PROVIDERS).getJvmArgsPrepend().orElse(expected)));
    assertEquals(
        List.of("-Dmine"),
        List.copyOf(completed(PROVIDERS, "-jvmArgsPrepend", "-Dmine").getJvmArgsPrepend().get()));
  }

  private static List<String> parameter(String name, String... arguments) throws Exception {
    return List.copyOf(completed(PROVIDERS, arguments).getParameter(name).get());
  }

  private static CommandLineOptions completed(List<String> providers, String... arguments)
      throws Exception {
    List<String> completed = JmhCommand.completed(List.of(arguments), providers);
    return new CommandLineOptions(completed.toArray(String[]::new));
  }
}
