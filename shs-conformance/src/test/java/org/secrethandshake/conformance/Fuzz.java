package org.secrethandshake.conformance;

/**
 * The seed of all random tests: fixed, so that a failure can be repeated, and another one with
 * {@code -Dshs.fuzz.seed=N}. So is their number of cases, with {@code -Dshs.fuzz.cases=N}.
 */
final class Fuzz {
  static final long SEED = Long.getLong("shs.fuzz.seed", 20_261_122);
  static final int CASES = Integer.getInteger("shs.fuzz.cases", 1000);

  private Fuzz() {}

  static void report(String what, Object outcomes) {
    System.out.printf("Fuzz: %s, -Dshs.fuzz.seed=%s: %s.%n", what, SEED, outcomes);
  }
}
