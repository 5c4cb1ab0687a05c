package org.secrethandshake.conformance.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.secrethandshake.conformance.BackendTest;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** Backends that are broken on purpose are found, and what they break on is made small. */
class DivergenceTest {
  private static final int CASES = 2000;

  @BackendTest
  void isReducedToTheShortestMessage(CryptoProvider crypto) {
    Divergence found = firstDivergence(Operation.HASH, crypto, new MishashesTheThirdByte(crypto));

    byte[] message = found.smallest().inputs().get(0);
    assertEquals(3, message.length);
    assertEquals("0000", HexFormat.of().formatHex(message, 0, 2));
    assertTrue(message[2] < 0);
  }

  @BackendTest
  void isReducedToTheFewestFlippedBits(CryptoProvider crypto) {
    Divergence found = firstDivergence(Operation.SCALAR_MULT, crypto, new KeepsTheTopBit(crypto));

    assertTrue(found.smallest().flips().size() <= 1, found::toString);
    assertEquals("0".repeat(64), HexFormat.of().formatHex(found.smallest().inputs().get(0)));
  }

  @BackendTest
  void tellsTheInputAndEveryAnswer(CryptoProvider crypto) {
    String text =
        firstDivergence(Operation.HASH, crypto, new MishashesTheThirdByte(crypto)).toString();

    assertTrue(text.startsWith("The backends differ in HASH of\n  0000"), text);
    assertTrue(text.contains("\n  " + crypto.name() + ": "), text);
    assertTrue(text.contains("\n  broken: " + "0".repeat(64)), text);
  }

  @BackendTest
  void isAlsoAnExceptionThatAllThrow(CryptoProvider crypto) {
    Optional<Divergence> found =
        Divergence.find(Operation.HASH, Case.fixed(new byte[0]), List.of(new Throws(crypto)));

    assertTrue(found.orElseThrow().toString().contains("threw java.lang.IllegalStateException"));
  }

  private static Divergence firstDivergence(
      Operation operation, CryptoProvider crypto, CryptoProvider broken) {
    Cases cases = new Cases(new Random(1), crypto);
    for (int i = 0; i < CASES; i++) {
      Optional<Divergence> found =
          Divergence.find(operation, cases.make(operation), List.of(crypto, broken));
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new AssertionError("the broken backend was not noticed");
  }

  private static class Broken extends DelegatingCryptoProvider {
    Broken(CryptoProvider delegate) {
      super(delegate);
    }

    @Override
    public String name() {
      return "broken";
    }
  }

  private static final class MishashesTheThirdByte extends Broken {
    MishashesTheThirdByte(CryptoProvider delegate) {
      super(delegate);
    }

    @Override
    public void hash(byte[] message, byte[] digest) {
      if (message.length < 3 || message[2] >= 0) {
        super.hash(message, digest);
      }
    }
  }

  /** Takes a point with its top bit set for another one. */
  private static final class KeepsTheTopBit extends Broken {
    KeepsTheTopBit(CryptoProvider delegate) {
      super(delegate);
    }

    @Override
    public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
      return point[point.length - 1] >= 0 && super.scalarMult(scalar, point, shared);
    }
  }

  private static final class Throws extends Broken {
    Throws(CryptoProvider delegate) {
      super(delegate);
    }

    @Override
    public void hash(byte[] message, byte[] digest) {
      throw new IllegalStateException("The library broke.");
    }
  }
}
