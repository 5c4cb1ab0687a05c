package org.secrethandshake.channel;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The trace that one connection leaves in Java Flight Recorder, where the runtime has that. */
interface Trace {
  /** No trace. */
  Trace NONE =
      new Trace() {
        @Override
        public void handshakeEnded(@Nullable Throwable failure) {}

        @Override
        public void channelEnded(SecretChannel channel, @Nullable Throwable failure) {}
      };

  /** The handshake has ended; without a failure, the channel begins. */
  void handshakeEnded(@Nullable Throwable failure);

  /** The channel is closed, with what its handler threw. */
  void channelEnded(SecretChannel channel, @Nullable Throwable failure);

  /**
   * Returns what begins a trace. The module {@code jdk.jfr} may be missing, in an image made by
   * jlink or on a module path that nothing else leads there from.
   */
  static Supplier<Trace> ofRuntime() {
    try {
      // Loads all of it now: descriptors may be short when the first connection comes.
      Trace unused = new FlightTrace();
      return () -> new FlightTrace();
    } catch (LinkageError e) {
      return () -> NONE;
    }
  }
}
