package org.secrethandshake.benchmarks.report;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes a run down: {@code report.html} and {@code report.md} for people, {@code results.json} for
 * a later comparison.
 */
public final class ReportFiles {
  private static final String RESULTS = "results.json";

  private ReportFiles() {}

  /** Writes the files of a run into a folder, which is created where needed. */
  public static void write(Path folder, Results results) throws IOException {
    write(folder, results, Optional.empty());
  }

  /** Writes the files of a run, with what changed since an older one. */
  public static void write(Path folder, Results results, Optional<Comparison> comparison)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(RESULTS), ResultsJson.write(results));
    Files.writeString(folder.resolve("report.md"), new MarkdownReport(results).text(comparison));
    Files.writeString(
        folder.resolve("report.html"),
        new HtmlReport(results, comparison, new JFreePainter()).page());
  }

  /**
   * Reads a {@code results.json}.
   *
   * @throws IOException if it cannot be read, or is not one
   */
  public static Results read(Path json) throws IOException {
    try {
      return ResultsJson.read(Files.readString(json));
    } catch (JsonParseException e) {
      throw new IOException(json + ": " + e.getMessage(), e);
    }
  }
}
