package org.secrethandshake.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/**
 * Streams whose nonces carry over each of their bytes, after each of the first nonces: before a
 * header, or between a header and its body. A receiver that loses a carry takes old packets for new
 * ones, and a sender that does uses nonces again.
 */
final class NonceCarries {
  private static final byte[] KEY = Scene.filled(0x07);
  private static final int NONCE_BITS = SecretBox.NONCE_BYTES * Byte.SIZE;

  /** The first carry is behind so many nonces. */
  private static final int MOST_BEFORE = 4;

  private NonceCarries() {}

  static List<Attack> attacks() {
    return List.of(
        new Attack(
            "packets of 256^k nonces before in the place of those behind a carry out of k bytes, k = 1"
                + " to 23",
            "receiver",
            NonceCarries::lostCarry));
  }

  /** A stream and where its nonces carry. */
  private record Carrying(OneWay way, BigInteger first, int bytes, int before) {
    /** The numbers of this nonce's low bytes come to an end after a few nonces. */
    static Carrying of(CryptoProvider crypto, int bytes, int before) {
      BigInteger first =
          new BigInteger(1, Scene.filled(0x42))
              .mod(BigInteger.TWO.pow(NONCE_BITS))
              .or(BigInteger.TWO.pow(bytes * Byte.SIZE).subtract(BigInteger.ONE))
              .subtract(BigInteger.valueOf(before - 1));
      return new Carrying(OneWay.of(crypto, KEY, encoded(first)), first, bytes, before);
    }

    /** The packets in which the carry is lost, made by the formulas. */
    List<byte[]> packets(CryptoProvider crypto, boolean lost) {
      List<byte[]> packets = new ArrayList<>();
      int bodies = way.packets().size() - 1;
      for (int i = 0; i < bodies; i++) {
        packets.add(packet(crypto, nonce(2 * i, lost), nonce(2 * i + 1, lost), OneWay.body(i)));
      }
      packets.add(seal(crypto, nonce(2 * bodies, lost), new byte[2 + SecretBox.TAG_BYTES]));
      return packets;
    }

    private byte[] nonce(int steps, boolean lost) {
      BigInteger next = first.add(BigInteger.valueOf(steps));
      BigInteger carried = BigInteger.TWO.pow(bytes * Byte.SIZE);
      return encoded(lost && steps >= before ? next.subtract(carried) : next);
    }
  }

  private static byte[] packet(
      CryptoProvider crypto, byte[] headerNonce, byte[] bodyNonce, byte[] body) {
    byte[] sealed = seal(crypto, bodyNonce, body);
    byte[] header = new byte[2 + SecretBox.TAG_BYTES];
    header[1] = (byte) body.length;
    System.arraycopy(sealed, 0, header, 2, SecretBox.TAG_BYTES);
    byte[] rest = new byte[body.length];
    System.arraycopy(sealed, SecretBox.TAG_BYTES, rest, 0, body.length);
    return Formulas.concat(seal(crypto, headerNonce, header), rest);
  }

  /** {@code box[KEY](nonce)(message)}. */
  private static byte[] seal(CryptoProvider crypto, byte[] nonce, byte[] message) {
    byte[] box = Formulas.concat(new byte[SecretBox.TAG_BYTES], message);
    try (SecretBox secretBox = crypto.secretBox(KEY)) {
      secretBox.seal(nonce, box, 0, message.length);
    }
    return box;
  }

  private static byte[] encoded(BigInteger nonce) {
    byte[] bytes = new byte[SecretBox.NONCE_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[bytes.length - 1 - i] = nonce.shiftRight(Byte.SIZE * i).byteValue();
    }
    return bytes;
  }

  private static void lostCarry(CryptoProvider crypto, Outcomes outcomes) {
    for (int bytes = 1; bytes < SecretBox.NONCE_BYTES; bytes++) {
      for (int before = 1; before <= MOST_BEFORE; before++) {
        Carrying carrying = Carrying.of(crypto, bytes, before);
        OneWay way = carrying.way();
        way.arrivesWhole();
        byte[] forged = OneWay.stream(carrying.packets(crypto, true));
        String expected = before % 2 == 0 ? "BAD_HEADER" : "BAD_BODY";
        way.endsWith(expected, forged, before / 2, outcomes);
        assertArrayEquals(way.stream(), OneWay.stream(carrying.packets(crypto, false)));
      }
    }
  }
}
