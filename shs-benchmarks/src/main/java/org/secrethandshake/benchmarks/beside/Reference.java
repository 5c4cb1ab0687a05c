package org.secrethandshake.benchmarks.beside;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JavaScript reference, run by its scripts in the interop folder. */
final class Reference {
  private static final Duration STARTING = Duration.ofSeconds(30);
  private static final Duration ROUND_AT_MOST = Duration.ofSeconds(10);

  private final SearchPath path;
  private final @Nullable Path given;

  /**
   * Prepares; looks for nothing yet.
   *
   * @param given the interop folder, or null to look for it
   */
  Reference(SearchPath path, @Nullable Path given) {
    this.path = path;
    this.given = given;
  }

  /**
   * Runs the scripts.
   *
   * @param rounds how many samples each figure gets
   * @throws NotMeasuredException if Node, the folder or its packages are missing
   */
  Outcome measure(int rounds) throws NotMeasuredException, InterruptedException {
    return run(Interop.BENCH, rounds, "--json").and(throughput(rounds));
  }

  /** Runs the script alone that has two processes. */
  Outcome throughput(int rounds) throws NotMeasuredException, InterruptedException {
    return run(Interop.THROUGHPUT, rounds);
  }

  private Outcome run(String script, int rounds, String... options)
      throws NotMeasuredException, InterruptedException {
    String node = path.find("node").orElseThrow(() -> missing("there is no node on the PATH"));
    String file = folder().resolve(script).toString();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(node, file, "--rounds", Integer.toString(rounds)));
    command.addAll(List.of(options));
    Duration limit = STARTING.plus(ROUND_AT_MOST.multipliedBy(rounds));
    return ReferenceOutput.parse(new Child("The JavaScript reference", command).run(limit));
  }

  private Path folder() throws NotMeasuredException {
    Path folder =
        Interop.find(given)
            .orElseThrow(() -> missing("its scripts, the project's folder interop, are not here"));
    if (!Files.isDirectory(folder.resolve("node_modules"))) {
      throw missing("its packages are not installed");
    }
    return folder;
  }

  private static NotMeasuredException missing(String what) {
    return new NotMeasuredException(
        "The JavaScript reference was not measured, because %s: install Node 18.3 or newer, and run"
                .formatted(what)
            + " 'npm ci --prefix interop' in the project's folder.");
  }
}
