package org.secrethandshake.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Bytes of Netty's buffers as NIO buffers, which the protocol takes. */
final class Views {
  private Views() {}

  /** What can be read next, in as many pieces as the buffer has; its indices stay. */
  static ByteBuffer[] readable(ByteBuf buffer, int length) {
    int index = buffer.readerIndex();
    return buffer.nioBufferCount() == 1
        ? new ByteBuffer[] {buffer.internalNioBuffer(index, length)}
        : buffer.nioBuffers(index, length);
  }

  /** All that can be written; its indices stay. The buffer has one piece: an allocator made it. */
  static ByteBuffer writable(ByteBuf buffer) {
    return buffer.internalNioBuffer(buffer.writerIndex(), buffer.writableBytes());
  }
}
