package org.secrethandshake.benchmarks.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.secrethandshake.channel.SecretChannel;

/** A channel whose far end sends back what it reads. */
public class RequestResponse extends PerProvider {
  /** The length of the request, and of its response. */
  @Param({"16", "256", "1024"})
  int size;

  private Ring<ByteBuffer> requests;
  private ByteBuffer response;
  private LoopbackPair pair;

  /** Opens the channel. */
  @Setup
  public void open() throws Exception {
    requests = Ring.ofBuffers(size);
    response = ByteBuffer.allocate(size);
    pair = LoopbackPair.open(crypto());
    pair.beside(echo(pair.far(), ByteBuffer.allocate(size)));
  }

  /** Closes the channel and ends its thread. */
  @TearDown
  public void close() throws InterruptedException {
    pair.close();
  }

  final ByteBuffer roundTrip() throws IOException {
    pair.near().write(requests.next().clear());
    response.clear();
    while (response.hasRemaining()) {
      if (pair.near().read(response) < 0) {
        throw new IllegalStateException("the far end has said goodbye");
      }
    }
    return response;
  }

  private static LoopbackPair.Loop echo(SecretChannel channel, ByteBuffer received) {
    return () -> {
      channel.read(received.clear());
      channel.write(received.flip());
    };
  }
}
