package org.secrethandshake.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Section;

/** What someone who chooses a backend asks, each answered by one figure. */
enum Question {
  HANDSHAKES("Handshakes", "handshakes", "does %s as many handshakes", Section.HANDSHAKE, ""),
  PACKETS(
      "Packets of 4096 bytes",
      "packets of 4096 bytes",
      "seals and opens %s as much in packets of 4096 bytes",
      Section.PACKET,
      "4096 bytes"),
  SMALL_PACKETS("Packets of 64 bytes", "packets of 64 bytes", "", Section.PACKET, "64 bytes"),
  STREAMS(
      "Stream over TCP, one way",
      "streams over TCP",
      "moves %s as much through a TCP connection",
      Section.STREAM,
      "one way"),
  LATENCY("Request and response over TCP", "latency over TCP", "", Section.LATENCY, "16 bytes"),
  CONNECTIONS("Handshakes over TCP", "handshakes over TCP", "", Section.CONNECT, "10 in flight"),
  COLD_START("Cold start", "cold start", "", Section.COLD_START, "total"),
  HEAP(
      "Heap per idle channel",
      "heap per idle channel",
      "",
      Section.MEMORY,
      "heap, 1,000 idle channels"),
  NATIVE_MEMORY(
      "Native memory per idle channel",
      "native memory per idle channel",
      "",
      Section.MEMORY,
      "native, 1,000 idle channels"),
  DISK("Size on disk", "size on disk", "", Section.DISK, "");

  private final String title;
  private final String noun;
  private final String deed;
  private final Section section;
  private final String variant;

  Question(String title, String noun, String deed, Section section, String variant) {
    this.title = title;
    this.noun = noun;
    this.deed = deed;
    this.section = section;
    this.variant = variant;
  }

  String title() {
    return title;
  }

  /** What it asks for, inside a sentence. */
  String noun() {
    return noun;
  }

  /** What the better one does, with a gap for how many times; empty unless it decides a choice. */
  String deed() {
    return deed;
  }

  Section section() {
    return section;
  }

  /** The figure that answers it: its own, else the only one of a section that only it asks for. */
  Optional<Figure> figure(Results results) {
    List<Figure> measured = results.figures(section);
    Figure own = new Figure(section, variant);
    if (measured.contains(own)) {
      return Optional.of(own);
    }
    return measured.size() == 1 && asksAlone() ? Optional.of(measured.get(0)) : Optional.empty();
  }

  private boolean asksAlone() {
    return Arrays.stream(values()).filter(question -> question.section == section).count() == 1;
  }

  Optional<Ranking> ranking(Results results) {
    return figure(results).flatMap(results::ranking);
  }
}
