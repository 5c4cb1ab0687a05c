package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProvidersTest {
  @Test
  void listsEachBackendWithItsVersionsAndTriesIt() {
    Outcome outcome = new TestShell().run("providers", "--crypto", "bouncycastle");

    List<String> lines = outcome.out().lines().toList();
    assertEquals(ExitCodes.OK, outcome.exitCode(), outcome.err());
    assertEquals("bouncycastle", lines.get(0));
    assertTrue(lines.get(1).startsWith("  versions   Bouncy Castle 1."), lines.get(1));
    assertEquals("  available  yes", lines.get(2));
    assertTrue(lines.get(3).startsWith("  self-test  passed: "), lines.get(3));
  }

  @Test
  void inventsNoCoordinatesForABackendThatDoesNotExist() {
    Outcome outcome = new TestShell().run("providers", "--crypto", "nope");

    assertEquals(ExitCodes.USAGE, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome.err().startsWith("shs: No crypto backend named 'nope' is installed. Installed: "),
        outcome.err());
    assertTrue(
        outcome
            .err()
            .contains(
                "Check the name: the backends of this project are bouncycastle, sodium, tink."),
        outcome.err());
    assertFalse(outcome.err().contains("shs-crypto-nope"), outcome.err());
  }
}
