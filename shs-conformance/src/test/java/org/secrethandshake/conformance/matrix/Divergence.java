package org.secrethandshake.conformance.matrix;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.secrethandshake.spi.CryptoProvider;

/**
 * An input on which backends differ, with each one's answer.
 *
 * @param operation what they were asked
 * @param smallest the input, as small as it could be made
 * @param answers by the backend's name
 */
record Divergence(Operation operation, Case smallest, Map<String, String> answers) {
  /** Asks all backends; a divergence comes back as the smallest that it can be reduced to. */
  static Optional<Divergence> find(
      Operation operation, Case inputs, List<CryptoProvider> backends) {
    Map<String, String> answers = answers(operation, inputs, backends);
    return differ(answers)
        ? Optional.of(new Divergence(operation, inputs, answers).reduced(backends))
        : Optional.empty();
  }

  /** Each step has fewer flips, a shorter message or fewer bytes that are not zero, so it ends. */
  private Divergence reduced(List<CryptoProvider> backends) {
    Divergence reduced = this;
    for (Optional<Divergence> next = Optional.of(this); next.isPresent(); ) {
      reduced = next.get();
      next = reduced.smaller(backends);
    }
    return reduced;
  }

  private Optional<Divergence> smaller(List<CryptoProvider> backends) {
    return smallest
        .smaller()
        .map(inputs -> new Divergence(operation, inputs, answers(operation, inputs, backends)))
        .filter(divergence -> differ(divergence.answers))
        .findFirst();
  }

  private static Map<String, String> answers(
      Operation operation, Case inputs, List<CryptoProvider> backends) {
    Map<String, String> answers = new LinkedHashMap<>();
    backends.forEach(
        crypto -> answers.put(crypto.name(), operation.answer(crypto, inputs.inputs())));
    return answers;
  }

  /** An exception is a difference even where all throw it: the input has a right answer. */
  private static boolean differ(Map<String, String> answers) {
    Set<String> different = new TreeSet<>(answers.values());
    return different.size() > 1
        || different.stream().anyMatch(answer -> answer.startsWith(Operation.THREW));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("The backends differ in " + operation + " of\n");
    text.append(smallest).append("\nTheir answers:");
    answers.forEach((name, answer) -> text.append("\n  ").append(name).append(": ").append(answer));
    return text.toString();
  }
}
