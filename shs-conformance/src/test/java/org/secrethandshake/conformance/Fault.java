package org.secrethandshake.conformance;

import java.io.IOException;
import java.nio.channels.ByteChannel;

/** A way in which a transport breaks, in the middle of whatever it was asked to do. */
enum Fault {
  /** It fails as transports fail. */
  FAILS {
    @Override
    int strike(ByteChannel transport) throws IOException {
      throw new IOException("the cable is cut");
    }
  },
  /** It is closed by somebody else, and says so. */
  IS_CLOSED {
    @Override
    int strike(ByteChannel transport) throws IOException {
      transport.close();
      throw new java.nio.channels.AsynchronousCloseException();
    }
  },
  /** It breaks its contract: it is in non-blocking mode. */
  RETURNS_ZERO {
    @Override
    int strike(ByteChannel transport) {
      return 0;
    }
  },
  /** It breaks its contract with an exception of its own. */
  THROWS {
    @Override
    int strike(ByteChannel transport) {
      throw new UnsupportedOperationException("a faulty transport");
    }
  },
  /** The virtual machine is at its end. */
  RUNS_OUT_OF_MEMORY {
    @Override
    int strike(ByteChannel transport) {
      throw new OutOfMemoryError("a full heap");
    }
  },
  /** Its input ends, for reads only. */
  ENDS {
    @Override
    int strike(ByteChannel transport) {
      return -1;
    }
  };

  abstract int strike(ByteChannel transport) throws IOException;
}
