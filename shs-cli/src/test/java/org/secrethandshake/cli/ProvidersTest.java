package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
}
