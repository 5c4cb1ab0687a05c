package org.secrethandshake.benchmarks.report;

import org.secrethandshake.benchmarks.results.Better;
import org.secrethandshake.benchmarks.results.Section;

/** A sentence on what a section measures, for someone who does not know the project. */
final class Explanation {
  /** How to read the bars. */
  static final String OF_CHARTS =
      "Each backend has its colour in all charts; what is no backend of this project is grey. The"
          + " thin line at the end of a bar says where the true median lies, with a probability of"
          + " 90 %.";

  private Explanation() {}

  static String of(Section section) {
    return "%s %s.".formatted(what(section), Words.capital(direction(section)));
  }

  static String direction(Section section) {
    return section.better() == Better.HIGHER ? "more is better" : "less is better";
  }

  private static String what(Section section) {
    return switch (section) {
      case HANDSHAKE -> "Setting up a connection: both sides on one thread, without a socket.";
      case PACKET -> "Moving data: packets sealed and opened on one thread, by their size.";
      case STREAM -> "Moving data through a real connection, from and to the same machine.";
      case LATENCY -> "The time from a short request to its response, by the size of both.";
      case CONNECT -> "New connections through real sockets, by how many are set up at once.";
      case COLD_START -> "From the start of a fresh JVM to its first finished handshake.";
      case MEMORY -> "What each open connection, or each handshake under way, keeps occupied.";
      case DISK -> "The jars of a backend, with all that they depend on.";
      case STEP -> "Each message of the handshake by itself.";
      case MIXED -> "One handshake between a client on one backend and a server on another.";
      case BOX -> "Packets boxed and unboxed, each by itself, without a socket.";
      case OPERATION -> "The operations from which a handshake and a packet are made.";
      case ADDRESS -> "Parsing of addresses, which needs no crypto.";
    };
  }
}
