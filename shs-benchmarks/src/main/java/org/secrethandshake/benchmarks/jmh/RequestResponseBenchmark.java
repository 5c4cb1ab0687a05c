package org.secrethandshake.benchmarks.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.secrethandshake.channel.SecretChannel;

/** A channel over loopback TCP whose far end sends back what it reads. */
public class RequestResponseBenchmark extends Loopback {
  /** The length of the request, and of its response. */
  @Param({"16", "256", "1024"})
  int size;

  private Ring<ByteBuffer> requests;
  private ByteBuffer response;

  @Override
  void serve(SecretChannel far) throws IOException {
    ByteBuffer received = ByteBuffer.allocate(size);
    while (far.read(received.clear()) >= 0) {
      far.write(received.flip());
    }
  }

  @Setup
  public void makeRequests() {
    requests = Ring.ofBuffers(size);
    response = ByteBuffer.allocate(size);
  }

  @Benchmark
  public ByteBuffer roundTrip() throws IOException {
    near.write(requests.next().clear());
    response.clear();
    while (response.hasRemaining()) {
      if (near.read(response) < 0) {
        throw new IllegalStateException("the far end has said goodbye");
      }
    }
    return response;
  }
}
