package org.secrethandshake.conformance.hostile;

import java.io.IOException;
import java.nio.channels.ByteChannel;

/** A way in which a transport breaks, in the middle of whatever it was asked to do. */
enum Fault {
  /** It fails as transports fail. */
  FAILS("fails") {
    @Override
    int strike(ByteChannel transport) throws IOException {
      throw new IOException("the cable is cut");
    }
  },
  /** It is closed by somebody else, and says so. */
  IS_CLOSED("is closed by somebody else") {
    @Override
    int strike(ByteChannel transport) throws IOException {
      transport.close();
      throw new java.nio.channels.AsynchronousCloseException();
    }
  },
  /** It breaks its contract: it is in non-blocking mode. */
  RETURNS_ZERO("returns zero, as one in non-blocking mode does") {
    @Override
    int strike(ByteChannel transport) {
      return 0;
    }
  },
  /** It breaks its contract with an exception of its own. */
  THROWS("throws an exception of its own") {
    @Override
    int strike(ByteChannel transport) {
      throw new UnsupportedOperationException("a faulty transport");
    }
  },
  /** The virtual machine is at its end. */
  RUNS_OUT_OF_MEMORY("runs out of memory") {
    @Override
    int strike(ByteChannel transport) {
      throw new OutOfMemoryError("a full heap");
    }
  },
  /** Its input ends, for reads only. */
  ENDS("ends") {
    @Override
    int strike(ByteChannel transport) {
      return -1;
    }
  };

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  abstract int strike(ByteChannel transport) throws IOException;

  /** What the transport does. */
  @Override
  public String toString() {
    return words;
  }
}
