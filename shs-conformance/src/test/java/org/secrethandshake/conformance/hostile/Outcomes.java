package org.secrethandshake.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.handshake.Handshake;

/** What ended the tries of an attack, and how often. */
final class Outcomes {
  private final Map<String, Integer> counts = new TreeMap<>();

  /** One more try ended like this. */
  void add(String outcome) {
    add(outcome, 1);
  }

  private void add(String outcome, int times) {
    counts.merge(outcome, times, Integer::sum);
  }

  /** One try: a message that our side must refuse for this reason, and be dead then. */
  void addRefusal(Refusal expected, byte[] message, Handshake ours) {
    String before = ours.toString();
    try {
      Handshakes.deliver(message, ours);
    } catch (HandshakeException e) {
      Refusal refusal = Refusal.of(e, ours);
      assertEquals(expected, refusal, before);
      Scene.assertDead(ours);
      add(refusal.toString());
      return;
    }
    throw new AssertionError(
        "accepted instead of refused for %s: %s, now %s".formatted(expected, before, ours));
  }

  int tries() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How often that was the end. */
  int of(String outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  static Outcomes sum(Collection<Outcomes> all) {
    Outcomes sum = new Outcomes();
    all.forEach(each -> each.counts.forEach(sum::add));
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Outcomes outcomes && counts.equals(outcomes.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  /** In words, with counts if there are several. */
  @Override
  public String toString() {
    return counts.size() == 1
        ? counts.keySet().iterator().next()
        : counts.entrySet().stream()
            .map(outcome -> outcome.getValue() + " × " + outcome.getKey())
            .collect(Collectors.joining("; "));
  }
}
