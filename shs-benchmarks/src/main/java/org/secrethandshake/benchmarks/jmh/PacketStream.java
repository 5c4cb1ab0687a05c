package org.secrethandshake.benchmarks.jmh;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/** One direction of a box stream, both of its ends in memory. */
public class PacketStream extends PerProvider {
  /** How many packets are boxed at once ahead of unboxing; all together fit a processor's cache. */
  static final int BATCH = 64;

  /** The length of the bodies. */
  @Param({"64", "256", "1024", "4096"})
  int bodyBytes;

  private final ByteBuffer plaintext = ByteBuffer.allocate(Unboxer.MAX_BODY_BYTES);
  private Ring<ByteBuffer> bodies;
  private ByteBuffer wire;
  private Boxer boxer;
  private Unboxer unboxer;

  /** Opens both ends. */
  @Setup
  public void open() {
    CryptoProvider crypto = crypto();
    byte[] key = Ring.bytes(0, SecretBox.KEY_BYTES);
    byte[] nonce = Ring.bytes(0, SecretBox.NONCE_BYTES);
    boxer = new Boxer(crypto, key, nonce);
    unboxer = new Unboxer(crypto, key, nonce);
    bodies = Ring.ofBuffers(bodyBytes);
    wire = ByteBuffer.allocate(BATCH * Boxer.packetBytes(bodyBytes));
  }

  /** Wipes the keys. */
  @TearDown
  public void close() {
    boxer.close();
    unboxer.close();
  }

  /** Boxes the next body alone. */
  final ByteBuffer box() {
    boxer.box(bodies.next().clear(), wire.clear());
    return wire;
  }

  final ByteBuffer boxAndUnbox() throws BoxStreamException {
    box();
    wire.flip();
    return unbox();
  }

  final void boxBatch() {
    wire.clear();
    for (int i = 0; i < BATCH; i++) {
      boxer.box(bodies.next().clear(), wire);
    }
    wire.flip();
  }

  /** Unboxes the next packet on the wire. */
  final ByteBuffer unbox() throws BoxStreamException {
    if (unboxer.unbox(wire, plaintext.clear()) != Unboxer.Result.BODY) {
      throw new IllegalStateException("the wire held no packet");
    }
    return plaintext;
  }
}
