package org.secrethandshake.conformance.contract;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A way to break the contract, and what must then be read in the report.
 *
 * @param name what the broken copy does
 * @param breakage makes a broken copy of an honest provider
 * @param accused the tests that name the rule; others may fail beside them
 * @param text what the name or the message of one of them says
 */
record BrokenRule(
    String name, UnaryOperator<CryptoProvider> breakage, Set<String> accused, String text) {

  static BrokenRule rule(String name, UnaryOperator<CryptoProvider> breakage) {
    return new BrokenRule(name, breakage, Set.of(), "");
  }

  BrokenRule accused(String... methods) {
    Set<String> all = new TreeSet<>(accused);
    all.addAll(List.of(methods));
    return new BrokenRule(name, breakage, all, text);
  }

  BrokenRule says(String words) {
    return new BrokenRule(name, breakage, accused, words);
  }

  CryptoProvider copyOf(CryptoProvider honest) {
    return breakage.apply(honest);
  }

  /** Tells whether the rule belongs to a part of the contract, such as {@code Verify}. */
  boolean belongsTo(String part) {
    return accused.stream().anyMatch(method -> method.startsWith(part + '.'));
  }

  @Override
  public String toString() {
    return name;
  }
}
