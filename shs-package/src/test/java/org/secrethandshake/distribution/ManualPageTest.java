package org.secrethandshake.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

class ManualPageTest {
  private static final ManualPage.Edition EDITION = new ManualPage.Edition("1.2", "2026-01-02");

  @Test
  void turnsTheHelpIntoSections() {
    assertEquals(
        """
        .TH "TOOL" "1" "2026\\-01\\-02" "tool 1.2" "Secret Handshake"
        .SH "NAME"
        tool \\- Try: it\\(aqs [all] here
        .SH "SYNOPSIS"
        \\fBtool\\fR [\\fB\\-\\-verbose\\fR] [\\fICOMMAND\\fR]
        .SH "DESCRIPTION"
        .PP
        It is\\ewas \\(ti \\(gaquoted\\(ga, with \\(dqmarks\\(dq at 100%.
        .SH "OPTIONS"
        .TP
        \\fB\\-\\-verbose\\fR
        Say more. Much more.
        .SH "COMMANDS"
        .TP
        \\fBtool\\-copy\\fR(1)
        Copy \\e a file.
        .SH "NOTES"
        .PP
        \\&.A line like a request.
        .SH "ENVIRONMENT"
        .TP
        \\fBTOOL_HOME\\fR
        where it\\(aqs at
        .SH "EXAMPLES"
        .PP
        With a pipe:
        .PP
        .EX
          tool copy \\(aqa\\(aq | tool hide
        .EE
        .SH "SEE ALSO"
        \\fBtool\\-copy\\fR(1)
        """,
        ManualPage.of(Sample.model(), EDITION));
  }

  @Test
  void tellsOfOptionsAndArgumentsAsTheyAreGiven() {
    String page = ManualPage.of(Sample.copy(), EDITION);

    assertTrue(
        page.contains(
            """
            .SH "ARGUMENTS"
            .TP
            \\fIFROM\\fR
            What to copy.
            """),
        page);
    assertTrue(
        page.contains(
            """
            .TP
            \\fB\\-k\\fR, \\fB\\-\\-key\\fR=\\fIFILE\\fR
            The key\\(aqs [file].
            """),
        page);
    assertTrue(page.endsWith(".SH \"SEE ALSO\"\n\\fBtool\\fR(1)\n"), page);
  }

  @Test
  void tellsNothingThatIsHidden() {
    CommandSpec model = Sample.model();

    assertFalse(ManualPage.of(model, EDITION).contains("Not for users"));
    assertFalse(ManualPage.of(Sample.copy(), EDITION).contains("secret"));
  }
}
