package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.spi.CryptoProvider;

/**
 * The step vectors of the author of the protocol, from the npm package {@code
 * test-secret-handshake}: what each function of the reference made of which state.
 */
class StepVectorsTest {
  private static final Map<String, Integer> COUNTS =
      Map.of(
          "initialize", 34,
          "createChallenge", 31,
          "verifyChallenge", 30,
          "clientVerifyChallenge", 14,
          "clientCreateAuth", 12,
          "serverVerifyAuth", 12,
          "serverCreateAccept", 6,
          "clientVerifyAccept", 6,
          "clean", 12,
          "toKeys", 2);

  @BeforeEach
  void needsTheReference() {
    Requirement.NODE.orSkip("the 159 step vectors of test-secret-handshake");
  }

  @BackendTest
  void everyStepOfTheReferenceIsReproduced(CryptoProvider crypto) throws HandshakeException {
    List<StepVector> vectors = StepVector.all();
    Steps steps = new Steps(crypto, vectors);
    Map<String, Integer> ran = new TreeMap<>();
    for (StepVector vector : vectors) {
      steps.run(vector);
      ran.merge(vector.function(), 1, Integer::sum);
    }
    assertEquals(new TreeMap<>(COUNTS), ran);
    System.out.println(
        "Step vectors: %s of %s reproduced with %s: %s."
            .formatted(total(ran), vectors.size(), crypto.name(), ran));
  }

  private static int total(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
