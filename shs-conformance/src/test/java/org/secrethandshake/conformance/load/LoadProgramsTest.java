package org.secrethandshake.conformance.load;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The programs still work; what they find under load is not for a build to judge. */
class LoadProgramsTest {
  @Test
  void allClaimsHoldInAStormOfAFew() {
    assertDoesNotThrow(() -> Storm.main(new String[] {"bouncycastle", "8", "1"}));
  }

  @Test
  void aBrokenClaimFailsTheReportThatGoesOnAfterIt() {
    Report report = new Report();
    report.claim(false, "%d is more than %d", 1, 2);
    report.claim(true, "the next claim holds");

    AssertionError error = assertThrows(AssertionError.class, report::finish);

    assertEquals("broken: 1 is more than 2", error.getMessage());
  }
}
