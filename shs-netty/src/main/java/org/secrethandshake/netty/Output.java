package org.secrethandshake.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.PendingWriteQueue;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.boxstream.Boxer;

/**
 * The sending direction of a channel: writes in, packets out. Writes wait here until they are
 * flushed, and until the handshake is done; they count towards the channel's watermarks meanwhile.
 *
 * <p>What is flushed together leaves in packets that are as full as they can be, and in as few
 * buffers; so a write's bytes may share packets with those of others. A goodbye says that all was
 * sent: none follows a write that failed.
 */
// Each write has a promise that is listened to.
@SuppressWarnings("FutureReturnValueIgnored")
final class Output {
  /** Plaintext in one buffer of packets: above 64 KiB Netty's usual pool takes twice the room. */
  static final int BATCH_BYTES = 15 * Boxer.MAX_BODY_BYTES;

  private final ChannelHandlerContext ctx;
  private final PendingWriteQueue writes;
  private long bytes;
  private int flushedWrites;
  private long flushedBytes;
  private @Nullable Boxer boxer;
  private @Nullable ChannelPromise goodbye;
  private boolean goodbyeSent;
  private @Nullable Throwable failure;

  Output(ChannelHandlerContext ctx) {
    this.ctx = ctx;
    this.writes = new PendingWriteQueue(ctx);
  }

  /** Takes the write, and completes its promise when the transport has taken its last packet. */
  void write(Object message, ChannelPromise promise) {
    Throwable refusal = refusal(message);
    if (refusal != null) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(refusal);
    } else if (!promise.setUncancellable()) {
      ReferenceCountUtil.release(message);
    } else {
      bytes += ((ByteBuf) message).readableBytes();
      writes.add(message, promise);
    }
  }

  private @Nullable Throwable refusal(Object message) {
    if (failure != null) {
      return failure;
    }
    if (goodbye != null) {
      ClosedChannelException error = new ClosedChannelException();
      error.initCause(new IllegalStateException("the output was shut down"));
      return error;
    }
    return message instanceof ByteBuf
        ? null
        : new UnsupportedOperationException(
            "a secret channel carries bytes, so only a ByteBuf can be written, and not a "
                + message.getClass().getName());
  }

  /** Lets all that was written so far leave, now or when the handshake is done. */
  void flush() {
    flushedWrites = writes.size();
    flushedBytes = bytes;
    sendFlushed();
  }

  /** The handshake is done. What was flushed before leaves with {@link #sendFlushed}. */
  void open(Boxer opened) {
    boxer = opened;
  }

  /** Whether a goodbye is said, or will be as soon as it can. */
  boolean isEnding() {
    return goodbye != null;
  }

  /** Whether the transport has taken our goodbye. */
  boolean hasEnded() {
    return goodbye != null && goodbye.isSuccess();
  }

  /** Says goodbye behind all that was written, flushed or not, once and when it can. */
  void sayGoodbye() {
    if (goodbye == null) {
      goodbye = ctx.newPromise();
      goodbye.setUncancellable();
      if (failure == null) {
        flush();
      } else {
        goodbye.setFailure(failure);
      }
    }
  }

  /** Returns what becomes of our goodbye, once it was to be said. */
  ChannelFuture goodbye() {
    return Objects.requireNonNull(goodbye);
  }

  /** Sends what may leave, and the goodbye if that is all there will be. */
  void sendFlushed() {
    Boxer open = boxer;
    while (open != null && failure == null && flushedWrites > 0) {
      sendBatch(open);
    }
    if (open != null && failure == null && goodbye != null && !goodbyeSent) {
      sendGoodbye(open, goodbye);
    }
  }

  private void sendBatch(Boxer open) {
    List<ChannelPromise> promises = new ArrayList<>(1);
    ByteBuf packets;
    try (Batch batch = new Batch(ctx.alloc(), open, (int) Math.min(flushedBytes, BATCH_BYTES))) {
      fill(batch, promises);
      packets = batch.finish();
    } catch (RuntimeException | Error e) {
      complete(promises, e);
      throw e;
    }
    // A promise of our own: if a caller could cancel it, a packet would be missing.
    ChannelPromise written = ctx.newPromise();
    written.setUncancellable();
    written.addListener(future -> batchWritten(promises, future.cause()));
    ctx.write(packets, written);
  }

  private void fill(Batch batch, List<ChannelPromise> promises) {
    while (flushedWrites > 0) {
      ByteBuf write = (ByteBuf) writes.current();
      int length = batch.take(write);
      bytes -= length;
      flushedBytes -= length;
      if (write.isReadable()) {
        return;
      }
      promises.add(writes.remove());
      flushedWrites--;
    }
  }

  private void batchWritten(List<ChannelPromise> promises, @Nullable Throwable cause) {
    if (cause != null && failure == null) {
      failure = cause;
    }
    complete(promises, cause);
  }

  private static void complete(List<ChannelPromise> promises, @Nullable Throwable cause) {
    for (ChannelPromise promise : promises) {
      if (cause == null) {
        promise.trySuccess();
      } else {
        promise.tryFailure(cause);
      }
    }
  }

  private void sendGoodbye(Boxer open, ChannelPromise promise) {
    ByteBuf packet = ctx.alloc().heapBuffer(Boxer.GOODBYE_BYTES);
    try {
      open.goodbye(Views.writable(packet));
    } catch (RuntimeException | Error e) {
      packet.release();
      throw e;
    }
    goodbyeSent = true;
    ctx.writeAndFlush(packet.writerIndex(Boxer.GOODBYE_BYTES), promise);
  }

  /** Ends this direction, unless it has failed before: wipes the key, and fails what waits. */
  void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    if (boxer != null) {
      boxer.close();
    }
    flushedWrites = 0;
    writes.removeAndFailAll(failure);
    if (goodbye != null && !goodbyeSent) {
      goodbye.tryFailure(failure);
    }
  }
}
