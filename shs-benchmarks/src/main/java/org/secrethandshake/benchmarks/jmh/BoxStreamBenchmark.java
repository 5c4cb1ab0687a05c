package org.secrethandshake.benchmarks.jmh;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/**
 * Packets by the length of their body, both ends in memory. Every packet has nonces of its own, as
 * in any stream, so no two invocations compute the same.
 */
public class BoxStreamBenchmark extends PerProvider {
  /** The length of the bodies. */
  @Param({"64", "256", "1024", "4096"})
  int bodyBytes;

  private final ByteBuffer plaintext = ByteBuffer.allocate(Unboxer.MAX_BODY_BYTES);
  private Ring<ByteBuffer> bodies;
  private ByteBuffer wire;
  private Boxer boxer;
  private Unboxer unboxer;

  @Setup
  public void open() {
    CryptoProvider crypto = crypto();
    byte[] key = Ring.bytes(0, SecretBox.KEY_BYTES);
    byte[] nonce = Ring.bytes(0, SecretBox.NONCE_BYTES);
    boxer = new Boxer(crypto, key, nonce);
    unboxer = new Unboxer(crypto, key, nonce);
    bodies = Ring.ofBuffers(bodyBytes);
    wire = ByteBuffer.allocate(Boxer.packetBytes(bodyBytes));
  }

  @TearDown
  public void close() {
    boxer.close();
    unboxer.close();
  }

  @Benchmark
  public ByteBuffer boxAndUnbox() throws BoxStreamException {
    boxer.box(bodies.next().clear(), wire.clear());
    if (unboxer.unbox(wire.flip(), plaintext.clear()) != Unboxer.Result.BODY) {
      throw new IllegalStateException("the wire held no packet");
    }
    return plaintext;
  }
}
