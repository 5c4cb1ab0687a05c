package org.secrethandshake.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.boxstream.Boxer;

/**
 * Packets in one buffer, as full as they can be whatever the sizes of the writes that fill them.
 * Plaintext is copied once more only where packets and writes do not begin together.
 */
final class Batch implements AutoCloseable {
  private final ByteBufAllocator allocator;
  private final Boxer boxer;
  private final ByteBuf packets;
  private final ByteBuffer room;
  private int left;
  private @Nullable ByteBuf restBuffer;
  private @Nullable ByteBuffer rest;

  /**
   * Begins a batch.
   *
   * @param length of the plaintext that will be taken
   */
  Batch(ByteBufAllocator allocator, Boxer boxer, int length) {
    this.allocator = allocator;
    this.boxer = boxer;
    this.left = length;
    this.packets = allocator.ioBuffer(boxedBytes(length));
    this.room = Views.writable(packets);
  }

  private static int boxedBytes(int length) {
    int rest = length % Boxer.MAX_BODY_BYTES;
    return length / Boxer.MAX_BODY_BYTES * Boxer.packetBytes(Boxer.MAX_BODY_BYTES)
        + (rest == 0 ? 0 : Boxer.packetBytes(rest));
  }

  /** Takes what a write has and this batch lacks; returns how much. */
  int take(ByteBuf write) {
    int length = Math.min(left, write.readableBytes());
    for (ByteBuffer piece : Views.readable(write, length)) {
      left -= piece.remaining();
      box(piece);
    }
    write.skipBytes(length);
    return length;
  }

  private void box(ByteBuffer piece) {
    if (rest != null && rest.position() > 0) {
      fill(rest, piece);
    }
    int end = piece.limit();
    // Nothing follows the last piece that could fill its last packet.
    int direct =
        left == 0
            ? piece.remaining()
            : piece.remaining() - piece.remaining() % Boxer.MAX_BODY_BYTES;
    boxer.box(piece.limit(piece.position() + direct), room);
    piece.limit(end);
    if (piece.hasRemaining()) {
      fill(rest(), piece);
    }
  }

  private void fill(ByteBuffer body, ByteBuffer piece) {
    int end = piece.limit();
    int length = Math.min(body.remaining(), piece.remaining());
    body.put(piece.limit(piece.position() + length));
    piece.limit(end);
    if (!body.hasRemaining()) {
      boxRest(body);
    }
  }

  private void boxRest(ByteBuffer body) {
    boxer.box(body.flip(), room);
    body.clear();
  }

  private ByteBuffer rest() {
    if (rest == null) {
      restBuffer = allocator.heapBuffer(Boxer.MAX_BODY_BYTES);
      rest = Views.writable(restBuffer);
    }
    return rest;
  }

  /** Returns the packets, which the caller releases. */
  ByteBuf finish() {
    if (rest != null && rest.position() > 0) {
      boxRest(rest);
    }
    return packets.writerIndex(packets.capacity() - room.remaining()).retain();
  }

  @Override
  public void close() {
    packets.release();
    if (restBuffer != null) {
      restBuffer.release();
    }
  }
}
