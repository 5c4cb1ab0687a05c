package org.secrethandshake.acceptance;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A program that some tests run. Where it is missing they are skipped, with one line on standard
 * output; and where the environment variable {@code SHS_REQUIRE} names it, that is a failure.
 */
public enum Requirement {
  /** The programs of a PostgreSQL server. */
  POSTGRES("postgres") {
    @Override
    boolean isMet() {
      return Postgres.isInstalled();
    }
  },

  /** The command curl. */
  CURL("curl") {
    @Override
    boolean isMet() {
      return Postgres.find("curl").isPresent();
    }
  };

  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private final String word;

  Requirement(String word) {
    this.word = word;
  }

  abstract boolean isMet();

  /** Skips the running test, or fails it where {@code SHS_REQUIRE} says so, unless this is met. */
  public void orSkip(String tests) {
    if (isMet()) {
      return;
    }
    String sentence = "Skipped: " + tests + ", because " + word + " is not installed.";
    String demanded = Optional.ofNullable(System.getenv("SHS_REQUIRE")).orElse("");
    if (Arrays.asList(demanded.split("[, ]+")).contains(word)) {
      fail(sentence + " SHS_REQUIRE demands it.");
    }
    if (TOLD.add(sentence)) {
      System.out.println(sentence);
    }
    abort(sentence);
  }
}
