package org.secrethandshake.benchmarks.beside;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.benchmarks.sides.Sides;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A program for a JVM of its own: what one backend takes for what the floor does, printed as the
 * floor prints it.
 *
 * <p>All figures are warmed up before the first is measured, and then measured in turn, so that the
 * compiler's threads, which share the core, are done when it counts.
 */
record Turn(Duration warmUp, Duration round, int rounds) {
  static final List<Integer> BODY_BYTES = List.of(64, 1024, 4096);

  /** Long enough for the slowest backend's handshake to be compiled on a core that it shares. */
  private static final Turn WHOLE = new Turn(Duration.ofSeconds(2), Duration.ofMillis(150), 7);

  private static final int HANDSHAKES_PER_BATCH = 10;
  private static final int PACKETS_PER_BATCH = 500;

  /** A handshake is more code than a packet. */
  private static final int HANDSHAKE_WARM_UPS = 2;

  /** Measures the backend that the only argument names. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(WHOLE.measure(CryptoProviders.named(arguments[0])).print());
  }

  /** How long one takes, with the start of its JVM. */
  static Duration estimate() {
    int figures = BODY_BYTES.size() + 1;
    return WHOLE
        .warmUp
        .multipliedBy(BODY_BYTES.size() + HANDSHAKE_WARM_UPS)
        .plus(WHOLE.round.multipliedBy((long) figures * WHOLE.rounds))
        .plusSeconds(1);
  }

  Readings measure(CryptoProvider crypto) throws Exception {
    try (Sides sides = new Sides(crypto, crypto);
        Packets small = new Packets(crypto, BODY_BYTES.get(0));
        Packets middle = new Packets(crypto, BODY_BYTES.get(1));
        Packets large = new Packets(crypto, BODY_BYTES.get(2))) {
      Work handshakes =
          new Work(Readings.HANDSHAKE, HANDSHAKES_PER_BATCH, () -> sides.handshake().close());
      handshakes.repeat(warmUp.multipliedBy(HANDSHAKE_WARM_UPS - 1L));
      return new Readings(
          crypto.description(),
          measure(
              List.of(
                  handshakes,
                  packets(BODY_BYTES.get(0), small),
                  packets(BODY_BYTES.get(1), middle),
                  packets(BODY_BYTES.get(2), large))));
    }
  }

  private static Work packets(int bodyBytes, Packets packets) {
    return new Work(Readings.packet(bodyBytes), PACKETS_PER_BATCH, packets::run);
  }

  private Map<String, List<Double>> measure(List<Work> works) throws Exception {
    Map<String, List<Double>> micros = new LinkedHashMap<>();
    for (Work work : works) {
      work.repeat(warmUp);
      micros.put(work.figure(), new ArrayList<>());
    }
    for (int i = 0; i < rounds; i++) {
      for (Work work : works) {
        micros.computeIfAbsent(work.figure(), name -> new ArrayList<>()).add(work.repeat(round));
      }
    }
    return micros;
  }
}
