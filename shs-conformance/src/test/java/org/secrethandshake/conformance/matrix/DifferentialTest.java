package org.secrethandshake.conformance.matrix;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.secrethandshake.conformance.Backends;
import org.secrethandshake.spi.CryptoProvider;

/**
 * The same random or adversarial input to all backends: the same bytes or the same refusal.
 *
 * <p>Repeatable with {@code -Dshs.differential.seed=N}, longer with {@code
 * -Dshs.differential.cases=N}, of which each group of operations gets that many.
 */
class DifferentialTest {
  private static final long SEED = Long.getLong("shs.differential.seed", 20_261_122);
  private static final int CASES = Integer.getInteger("shs.differential.cases", 10_000);
  private static final int WHOLE = 100;

  /** The slow operations on a curve share the cases of their group. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "SIGN_PUBLIC_KEY, 10",
    "SIGN, 10",
    "SIGN_SEED_TO_SCALAR, 10",
    "VERIFY, 70",
    "SCALAR_MULT_BASE, 20",
    "SCALAR_MULT, 80",
    "AUTH, 100",
    "HASH, 100",
    "SEAL, 100",
    "OPEN, 100",
  })
  @Timeout(300)
  void allBackendsAnswerTheSame(Operation operation, int percent) {
    List<CryptoProvider> backends = Backends.list();
    assumeTrue(backends.size() > 1, "there is nothing to compare one backend with");
    Random random = new Random(SEED ^ operation.ordinal());
    Cases cases = new Cases(random, backends.get(0));
    Map<String, Integer> outcomes = new TreeMap<>();
    int number = CASES * percent / WHOLE;
    for (int i = 0; i < number; i++) {
      Case inputs = cases.make(operation);
      Divergence.find(operation, inputs, backends).ifPresent(found -> fail(repeatable(found)));
      outcomes.merge(outcome(operation.answer(backends.get(0), inputs.inputs())), 1, Integer::sum);
    }
    System.out.printf(
        "Differential: %s, %s cases, -Dshs.differential.seed=%s: all of %s agree: %s.%n",
        operation, number, SEED, backends.stream().map(CryptoProvider::name).toList(), outcomes);
    assertTrue(
        outcomes.size() >= kinds(operation), () -> "the inputs are too much alike: " + outcomes);
  }

  private static String repeatable(Divergence found) {
    return found + "\nRepeat with -Dshs.differential.seed=" + SEED + " in one run of this test.";
  }

  private static String outcome(String answer) {
    if (answer.startsWith(Operation.REFUSED)) {
      return answer.replaceFirst(",.*", "");
    }
    return "answered";
  }

  /** How many different outcomes the inputs must lead to, or they try nothing. */
  private static int kinds(Operation operation) {
    return switch (operation) {
      case VERIFY -> 3;
      case SCALAR_MULT, OPEN -> 2;
      default -> 1;
    };
  }
}
