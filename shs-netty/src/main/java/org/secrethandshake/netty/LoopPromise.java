package org.secrethandshake.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/** A promise that is there before its handler is in a pipeline, and with it on an event loop. */
final class LoopPromise<V> extends DefaultPromise<V> {
  private volatile @Nullable ChannelHandlerContext context;

  /** The handler is in a pipeline now. */
  void addedTo(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  protected EventExecutor executor() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("the handler is in no pipeline");
    }
    return ctx.executor();
  }

  @Override
  protected void checkDeadLock() {
    // Until then nothing runs on a loop that could wait for itself.
    if (context != null) {
      super.checkDeadLock();
    }
  }
}
