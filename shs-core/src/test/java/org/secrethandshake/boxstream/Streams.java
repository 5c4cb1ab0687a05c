package org.secrethandshake.boxstream;

import java.nio.ByteBuffer;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/** Boxers and unboxers under one fixed key. */
final class Streams {
  static final CryptoProvider CRYPTO = CryptoProviders.onlyInstalled();
  private static final byte[] KEY = pattern(SecretBox.KEY_BYTES);

  private Streams() {}

  static Boxer boxer() {
    return new Boxer(CRYPTO, KEY, new byte[SecretBox.NONCE_BYTES]);
  }

  static Unboxer unboxer() {
    return new Unboxer(CRYPTO, KEY, new byte[SecretBox.NONCE_BYTES]);
  }

  static Unboxer unboxer(int maxBodyBytes) {
    return new Unboxer(CRYPTO, KEY, new byte[SecretBox.NONCE_BYTES], maxBodyBytes);
  }

  static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 7 + 13);
    }
    return bytes;
  }

  static byte[] boxed(Boxer boxer, byte[] plaintext) {
    ByteBuffer packets = ByteBuffer.allocate(plaintext.length + 34 * 20 + 34);
    boxer.box(ByteBuffer.wrap(plaintext), packets);
    return taken(packets);
  }

  static byte[] goodbye(Boxer boxer) {
    ByteBuffer packet = ByteBuffer.allocate(Boxer.GOODBYE_BYTES);
    boxer.goodbye(packet);
    return taken(packet);
  }

  /** A packet that an honest boxer never makes: header and body as given, correctly sealed. */
  static byte[] forged(int announcedLength, byte[] body) {
    return forgedBehind(0, announcedLength, body);
  }

  /** The same behind as many packets. */
  static byte[] forgedBehind(int packets, int announcedLength, byte[] body) {
    byte[] packet = new byte[Packet.HEADER_BYTES + body.length];
    Nonce nonce = new Nonce(new byte[SecretBox.NONCE_BYTES]);
    nonce.advance(packets * Packet.NONCES);
    byte[] headerNonce = nonce.value().clone();
    nonce.advance(1);
    try (SecretBox box = CRYPTO.secretBox(KEY)) {
      System.arraycopy(body, 0, packet, Packet.BODY_OFFSET, body.length);
      box.seal(nonce.value(), packet, Packet.BODY_BOX_OFFSET, body.length);
      Packet.putLength(packet, 0, announcedLength);
      box.seal(headerNonce, packet, 0, Packet.HEADER_PLAINTEXT_BYTES);
    }
    return packet;
  }

  static byte[] taken(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
