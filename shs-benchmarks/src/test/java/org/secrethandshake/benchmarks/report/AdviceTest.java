package org.secrethandshake.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.secrethandshake.benchmarks.report.Samples.BOUNCY;
import static org.secrethandshake.benchmarks.report.Samples.SODIUM;
import static org.secrethandshake.benchmarks.report.Samples.TINK;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.secrethandshake.benchmarks.results.Section;

final class AdviceTest {
  private static final List<String> TWO = List.of(SODIUM, BOUNCY);
  private static final List<String> THREE = List.of(SODIUM, BOUNCY, TINK);

  @Test
  void namesTheBackendThatLeadsWithWhatSpeaksForItAndAgainstIt() {
    assertEquals(
        new Advice(
            "Use sodium on this machine.",
            List.of(
                "Compared with bouncycastle, sodium does 1.9 times as many handshakes, seals and"
                    + " opens 6.1 times as much in packets of 4096 bytes and moves 4.7 times as much"
                    + " through a TCP connection.",
                "sodium also leads in handshakes over TCP and size on disk.",
                "But bouncycastle is ahead of sodium in cold start (481 ms against 702 ms).",
                "But bouncycastle and tink are ahead of sodium in heap per idle channel (9.60 KiB"
                    + " against 11.4 KiB) and native memory per idle channel (9.10 KiB against"
                    + " 18.1 KiB).",
                "Too close to call between sodium, bouncycastle and tink: packets of 64 bytes and"
                    + " latency over TCP.")),
        Advice.of(Samples.everything()));
  }

  @Test
  void choosesNoneOfTwoThatAreTooCloseToCall() {
    Results results =
        Samples.none()
            .with(Section.HANDSHAKE, "", THREE, 1000, 1050, 600)
            .with(Section.PACKET, "4096 bytes", THREE, 103, 100, 102)
            .of(SODIUM, BOUNCY, TINK);
    assertEquals(
        new Advice(
            "Use sodium or bouncycastle on this machine: their speed is too close to call.",
            List.of(
                "Too close to call between sodium and bouncycastle: handshakes.",
                "Too close to call between sodium, bouncycastle and tink: packets of 4096 bytes.")),
        Advice.of(results));
  }

  @Test
  void prefersTheOneThatLeadsInOneAndSharesTheOther() {
    Results results =
        Samples.none()
            .with(Section.HANDSHAKE, "", TWO, 1000, 1050)
            .with(Section.PACKET, "4096 bytes", TWO, 300, 100)
            .of(SODIUM, BOUNCY);
    assertEquals("Use sodium on this machine.", Advice.of(results).headline());
  }

  @Test
  void dividesTheWorkWhereEachLeadsInOne() {
    Results results =
        Samples.none()
            .with(Section.HANDSHAKE, "", TWO, 1000, 1500)
            .with(Section.PACKET, "4096 bytes", TWO, 300, 100)
            .of(SODIUM, BOUNCY);
    assertEquals(
        "Use bouncycastle for many short connections and sodium for moving much data on this"
            + " machine.",
        Advice.of(results).headline());
  }

  @Test
  void takesStreamsWherePacketsWereNotMeasured() {
    Results results =
        Samples.none().with(Section.STREAM, "one way", TWO, 100, 300).of(SODIUM, BOUNCY);
    assertEquals("Use bouncycastle on this machine.", Advice.of(results).headline());
  }

  @Test
  void hasNothingToChooseWithOneBackend() {
    Results results =
        Samples.none()
            .with(Section.HANDSHAKE, "", List.of(SODIUM, "libsodium in C"), 10, 20)
            .of(SODIUM);
    assertEquals(
        new Advice("Only sodium was measured: there is nothing to choose between.", List.of()),
        Advice.of(results));
  }

  @Test
  void recommendsNothingWithoutSpeed() {
    Results results = Samples.none().with(Section.DISK, "", TWO, 1, 2).of(SODIUM, BOUNCY);
    assertEquals(
        new Advice(
            "This run measured no handshakes and no packets, so it recommends no backend.",
            List.of()),
        Advice.of(results));
  }
}
