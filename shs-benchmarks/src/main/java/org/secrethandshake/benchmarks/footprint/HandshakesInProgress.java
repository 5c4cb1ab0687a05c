package org.secrethandshake.benchmarks.footprint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory of a handshake in progress, at the server: clientHello received, serverHello sent, waiting
 * for clientAuthenticate, as a client that never goes on leaves it. It is the handshake's alone,
 * without a socket or a thread; for what is heap and what is native, see {@link IdleChannels}.
 */
final class HandshakesInProgress {

  private final BackendJars jars;

  HandshakesInProgress(BackendJars jars) {
    this.jars = jars;
  }

  /** Runs once, with all the counts, ascending. */
  List<Load> measure(String backend, List<Integer> counts) throws IOException {
    try (Child server =
        Child.start(
            jars.classPath(backend),
            IdleChannels.options(IdleChannels.HEAP_MIB),
            WaitingHandshakes.class,
            Load.arguments(backend, counts))) {
      List<Load> loads = new ArrayList<>();
      for (int i = 0; i < counts.size(); i++) {
        loads.add(Load.parse(server.line()));
      }
      return loads;
    }
  }
}
