package org.secrethandshake.benchmarks.report;

import java.io.IOException;
import java.time.Duration;

/** A part of a run, with the time that it takes about, on two cores that do nothing else. */
public record Task(String what, Duration estimate, Work work) {
  /** Measures. */
  public interface Work {
    void run() throws IOException, InterruptedException;
  }
}
