package org.secrethandshake.benchmarks.beside;

import java.nio.ByteBuffer;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.spi.CryptoProvider;

/** Packets of one length, boxed and then unboxed. */
final class Packets implements AutoCloseable {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 24;

  private final Boxer boxer;
  private final Unboxer unboxer;
  private final ByteBuffer plaintext;
  private final ByteBuffer wire;
  private final ByteBuffer opened;

  Packets(CryptoProvider crypto, int bodyBytes) {
    byte[] key = random(crypto, KEY_BYTES);
    byte[] nonce = random(crypto, NONCE_BYTES);
    boxer = new Boxer(crypto, key, nonce);
    unboxer = new Unboxer(crypto, key, nonce);
    plaintext = ByteBuffer.wrap(random(crypto, bodyBytes));
    wire = ByteBuffer.allocate(Boxer.packetBytes(bodyBytes));
    opened = ByteBuffer.allocate(bodyBytes);
  }

  private static byte[] random(CryptoProvider crypto, int bytes) {
    byte[] random = new byte[bytes];
    crypto.randomBytes(random);
    return random;
  }

  void run() throws BoxStreamException {
    boxer.box(plaintext.clear(), wire.clear());
    if (unboxer.unbox(wire.flip(), opened.clear()) != Unboxer.Result.BODY) {
      throw new AssertionError("a packet did not open");
    }
  }

  @Override
  public void close() {
    boxer.close();
    unboxer.close();
  }
}
