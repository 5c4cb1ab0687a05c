package org.secrethandshake.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.secrethandshake.channel.SecretChannel;

/**
 * A close on its way: our goodbye is said, and the peer's is waited for, within two bounds. Closing
 * a socket with unread bytes resets it, and a goodbye that was just sent would be lost with them.
 * Belongs to the event loop.
 */
final class Parting {
  private final ChannelPromise promise;
  private final Future<?> bound;
  private int dropped;

  /**
   * Begins.
   *
   * @param promise of the close
   * @param timeIsUp runs after {@link SecretChannel#CLOSE_BOUND}, unless this ends before
   */
  Parting(ChannelHandlerContext ctx, ChannelPromise promise, Runnable timeIsUp) {
    this.promise = promise;
    this.bound =
        ctx.executor()
            .schedule(timeIsUp, SecretChannel.CLOSE_BOUND.toNanos(), TimeUnit.NANOSECONDS);
  }

  ChannelPromise promise() {
    return promise;
  }

  /** Input has come that nobody reads any more. */
  void dropped(int bytes) {
    dropped += bytes;
  }

  /** Whether the peer goes on sending, instead of saying goodbye. */
  boolean hasDroppedEnough() {
    return dropped > SecretChannel.CLOSE_DROP_BYTES;
  }

  void end() {
    bound.cancel(false);
  }
}
