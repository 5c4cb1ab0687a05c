package org.secrethandshake.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.boxstream.Unboxer;

/** The receiving direction of a channel: packets in, plaintext out. */
final class Input implements AutoCloseable {
  private final Unboxer unboxer;
  private boolean ended;
  private @Nullable Throwable failure;

  /** What the unboxer may hold of a body that is not complete. */
  private int carried;

  Input(Unboxer unboxer) {
    this.unboxer = unboxer;
  }

  /** Whether the peer's goodbye was received. */
  boolean hasEnded() {
    return ended;
  }

  /** What was wrong behind the plaintext that was opened last. */
  @Nullable Throwable failure() {
    return failure;
  }

  /**
   * Opens the packets that these bytes complete, and releases the bytes. Nothing that follows the
   * peer's goodbye or a failure is looked at.
   *
   * @return their bodies, which the caller releases; {@code null} if there are none
   */
  @Nullable ByteBuf open(ByteBufAllocator allocator, ByteBuf packets) {
    int length = packets.readableBytes();
    ByteBuf bodies = allocator.buffer(length + Math.min(carried, Unboxer.MAX_BODY_BYTES));
    try {
      for (ByteBuffer piece : Views.readable(packets, length)) {
        unbox(piece, bodies);
      }
    } catch (BoxStreamException | RuntimeException | Error e) {
      failure = e;
    } finally {
      packets.release();
    }
    if (bodies.isReadable()) {
      carried = length;
      return bodies;
    }
    carried += length;
    bodies.release();
    return null;
  }

  private void unbox(ByteBuffer piece, ByteBuf bodies) throws BoxStreamException {
    while (!ended) {
      ByteBuffer room = Views.writable(bodies);
      int before = room.position();
      Unboxer.Result result = unboxer.unbox(piece, room);
      bodies.writerIndex(bodies.writerIndex() + room.position() - before);
      switch (result) {
        case BODY -> {}
        case GOODBYE -> ended = true;
        case NEED_SPACE -> bodies.ensureWritable(Unboxer.MAX_BODY_BYTES);
        case NEED_INPUT -> {
          return;
        }
      }
    }
  }

  /** What is wrong with an input that ends here: nothing after the peer's goodbye. */
  Optional<BoxStreamException> endOfInput() {
    try {
      unboxer.endOfInput();
      return Optional.empty();
    } catch (BoxStreamException e) {
      return Optional.of(e);
    }
  }

  /** Wipes the key and what is held of a packet. */
  @Override
  public void close() {
    unboxer.close();
  }
}
