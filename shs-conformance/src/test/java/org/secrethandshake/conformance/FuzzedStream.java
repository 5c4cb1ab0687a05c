package org.secrethandshake.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/**
 * A box stream of random writes, damaged in one place, with an oracle of what must become of it.
 *
 * @param packets the packets as they were sent, the goodbye last
 * @param plaintext what was written
 * @param damage its kind
 * @param damaged the stream as it arrives
 */
record FuzzedStream(List<byte[]> packets, byte[] plaintext, Damage damage, byte[] damaged) {
  static final byte[] KEY = Scene.filled(0x07);

  /** All ones, so that the first packet's nonces carry over every byte. */
  static final byte[] NONCE = Arrays.copyOf(Scene.filled(0xff), SecretBox.NONCE_BYTES);

  private static final int MAX_WRITES = 6;

  /** What happens to a stream on its way. */
  enum Damage {
    NONE,
    BYTES,
    BYTES_OF_A_BODY,
    CUT,
    LOST_PACKET,
    REPEATED_PACKET,
    SHUFFLED_PACKETS,
    INSERTED_BYTES
  }

  static FuzzedStream make(CryptoProvider crypto, Random random) {
    List<byte[]> packets = new ArrayList<>();
    byte[] plaintext;
    try (Boxer boxer = new Boxer(crypto, KEY, NONCE)) {
      plaintext = write(boxer, packets, random);
      packets.add(Streams.goodbye(boxer));
    }
    Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
    return new FuzzedStream(packets, plaintext, damage, damage(damage, packets, random));
  }

  /** Random writes of one packet each. */
  private static byte[] write(Boxer boxer, List<byte[]> packets, Random random) {
    byte[] plaintext = new byte[0];
    for (int left = random.nextInt(MAX_WRITES + 1); left > 0; left--) {
      byte[] body = new byte[1 + random.nextInt(1 << random.nextInt(13))];
      random.nextBytes(body);
      plaintext = Formulas.concat(plaintext, body);
      packets.add(Streams.box(boxer, body));
    }
    return plaintext;
  }

  private static byte[] damage(Damage damage, List<byte[]> packets, Random random) {
    List<byte[]> arriving = new ArrayList<>(packets);
    int packet = random.nextInt(packets.size());
    switch (damage) {
      case BYTES -> arriving.set(packet, Mutation.mutate(packets.get(packet), random));
      case BYTES_OF_A_BODY -> arriving.set(packet, withDamagedBody(packets.get(packet), random));
      case LOST_PACKET -> arriving.remove(packet);
      case REPEATED_PACKET -> arriving.add(packet, packets.get(packet));
      case SHUFFLED_PACKETS -> Collections.shuffle(arriving, random);
      case INSERTED_BYTES -> {
        byte[] bytes = new byte[1 + random.nextInt(100)];
        random.nextBytes(bytes);
        arriving.add(packet, bytes);
      }
      default -> {}
    }
    byte[] stream = Formulas.concat(arriving.toArray(byte[][]::new));
    return damage == Damage.CUT ? Arrays.copyOf(stream, random.nextInt(stream.length)) : stream;
  }

  /** A goodbye has no body and stays as it is. */
  private static byte[] withDamagedBody(byte[] packet, Random random) {
    int header = Boxer.packetBytes(0);
    return packet.length == header
        ? packet
        : Formulas.concat(
            Arrays.copyOf(packet, header),
            Mutation.mutate(Arrays.copyOfRange(packet, header, packet.length), random));
  }

  /** The reason that must come of it; empty for a clean end. */
  Optional<String> expected() {
    byte[] sent = Formulas.concat(packets.toArray(byte[][]::new));
    int difference = Arrays.mismatch(sent, damaged);
    int start = 0;
    for (byte[] packet : packets) {
      int body = start + Boxer.packetBytes(0);
      int end = start + packet.length;
      if (difference >= 0 && difference < body) {
        return Optional.of(damaged.length < body ? "TRUNCATED" : "BAD_HEADER");
      }
      if (difference >= 0 && difference < end) {
        return Optional.of(damaged.length < end ? "TRUNCATED" : "BAD_BODY");
      }
      start = end;
    }
    return Optional.empty();
  }

  /** How many bytes of plaintext stand before the damaged packet. */
  int intactBytes() {
    byte[] sent = Formulas.concat(packets.toArray(byte[][]::new));
    int difference = Arrays.mismatch(sent, damaged);
    int bytes = 0;
    int end = 0;
    for (byte[] packet : packets.subList(0, packets.size() - 1)) {
      end += packet.length;
      if (difference < 0 || difference >= end) {
        bytes += packet.length - Boxer.packetBytes(0);
      }
    }
    return bytes;
  }
}
