package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.boxstream.Boxer;

/**
 * A box stream with somebody on the way who alters, drops, repeats and inserts bytes, and cuts, or
 * brings those of another stream: what is delivered ends before the first packet that is not as it
 * was sent, and the error is the one of that place.
 */
class UnboxerFuzzTest {
  private static final int MOST_PACKETS = 5;
  private static final int LONGEST = 2000;
  private static final int HEADER_BYTES = Boxer.packetBytes(0);

  static Stream<byte[]> seeds() {
    byte[] packets = {20, (byte) 200, 3, 0, 0, 0, 1, 0x01, (byte) 0x77};
    Stream<byte[]> honest = Stream.of(new byte[0], Input.concat(packets, Wire.honest()));
    Stream<byte[]> altered =
        IntStream.of(0, 33, 34, 35, 68, 70, 446, 447)
            .mapToObj(offset -> Input.concat(packets, Wire.altering(offset, 1)));
    Stream<byte[]> crossed =
        Stream.of(
            Input.concat(packets, Wire.crossing(0, 34)),
            Input.concat(packets, Wire.crossing(35, 34)));
    Stream<byte[]> cut =
        IntStream.of(0, 33, 34, 35, 447).mapToObj(at -> Input.concat(packets, Wire.cutting(at)));
    return Stream.of(honest, altered, crossed, cut).flatMap(seeds -> seeds);
  }

  @MethodSource("seeds")
  @FuzzTest
  void deliversWhatStandsBeforeTheFirstDamage(byte[] bytes) {
    Input input = new Input(bytes);
    int pieceBytes = 1 + input.upTo(0xff);
    int roomBytes = input.upTo(0xff);
    List<byte[]> bodies = bodies(input);
    Wire wire = Wire.of(input);
    Wire other = Wire.of(new Input(new byte[0]));
    Wire.connect(wire, other);
    packets(bodies, KeyedStream.OTHER).forEach(other::send);
    List<byte[]> packets = packets(bodies, KeyedStream.OURS);
    packets.forEach(wire::send);

    Reading reading = Reading.of(KeyedStream.OURS.unboxer(), wire.arrived(), pieceBytes, roomBytes);

    assertEquals(expected(packets, wire), reading.outcome());
    assertArrayEquals(beginning(bodies, packets, wire), reading.delivered());
  }

  private static List<byte[]> bodies(Input input) {
    List<byte[]> bodies = new ArrayList<>();
    for (int left = input.upTo(MOST_PACKETS); left > 0; left--) {
      byte[] body = new byte[1 + input.upTo(LONGEST - 1)];
      Arrays.fill(body, (byte) left);
      bodies.add(body);
    }
    return bodies;
  }

  /** The packets, and a goodbye behind them. */
  private static List<byte[]> packets(List<byte[]> bodies, KeyedStream stream) {
    List<byte[]> packets = new ArrayList<>();
    try (Boxer boxer = stream.boxer()) {
      for (byte[] body : bodies) {
        byte[] packet = new byte[Boxer.packetBytes(body.length)];
        assertEquals(1, boxer.box(ByteBuffer.wrap(body), ByteBuffer.wrap(packet)));
        packets.add(packet);
      }
      byte[] goodbye = new byte[Boxer.GOODBYE_BYTES];
      boxer.goodbye(ByteBuffer.wrap(goodbye));
      packets.add(goodbye);
    }
    return packets;
  }

  /** What has to come of the first place at which sent and arrived bytes differ. */
  private static String expected(List<byte[]> packets, Wire wire) {
    int difference = Arrays.mismatch(wire.sent(), wire.arrived());
    int arrived = wire.arrived().length;
    int start = 0;
    for (byte[] packet : packets) {
      int body = start + HEADER_BYTES;
      int end = start + packet.length;
      if (difference >= 0 && difference < body) {
        return arrived < body ? "TRUNCATED" : "BAD_HEADER";
      }
      if (difference >= 0 && difference < end) {
        return arrived < end ? "TRUNCATED" : "BAD_BODY";
      }
      start = end;
    }
    return Reading.CLEAN;
  }

  private static byte[] beginning(List<byte[]> bodies, List<byte[]> packets, Wire wire) {
    int difference = Arrays.mismatch(wire.sent(), wire.arrived());
    byte[] whole = new byte[0];
    int end = 0;
    for (int i = 0; i < bodies.size(); i++) {
      end += packets.get(i).length;
      if (difference < 0 || difference >= end) {
        whole = Input.concat(whole, bodies.get(i));
      }
    }
    return whole;
  }
}
