package org.secrethandshake.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.WriteBufferWaterMark;
import java.nio.channels.ClosedChannelException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.channel.Authorizer;

class WriteTest {
  private static final int HEADER_BYTES = 34;

  @Test
  void writesBeforeTheHandshakeLeaveAfterItIfTheyWereFlushed() {
    try (Pair pair = Pair.of(Backends.ANY)) {
      ChannelFuture flushed = pair.alice.channel.write(End.bytes(100));
      pair.alice.channel.flush();
      ChannelFuture unflushed = pair.alice.channel.write(End.bytes(50));
      pair.exchange();
      assertTrue(Pair.arrived(pair.bob, 100));
      assertTrue(flushed.isSuccess());
      assertFalse(unflushed.isDone());
      pair.alice.channel.flush();
      pair.exchange();
      assertTrue(unflushed.isSuccess());
      assertEquals(150, pair.bob.seen.bytes.size());
    }
  }

  @Test
  void writesThatWaitCountTowardsTheWatermarks() {
    try (Pair pair = Pair.of(Backends.ANY)) {
      pair.alice.channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1000, 2000));
      assertTrue(pair.alice.channel.isWritable());
      pair.alice.send(2000);
      assertFalse(pair.alice.channel.isWritable());
      pair.exchange();
      assertTrue(pair.alice.channel.isWritable());
    }
  }

  @Test
  void writesThatWaitFailWithTheHandshake() {
    try (Pair pair = Pair.of(Backends.ANY)) {
      ChannelFuture flushed = pair.alice.channel.writeAndFlush(End.bytes(100));
      ChannelFuture unflushed = pair.alice.channel.write(End.bytes(100));
      pair.alice.cut();
      assertEquals("CLOSED_BY_PEER", Seen.reason(flushed.cause()));
      assertEquals("CLOSED_BY_PEER", Seen.reason(unflushed.cause()));
    }
  }

  @Test
  void manySmallWritesLeaveInOneFullPacketAndOneBuffer() {
    try (Pair pair = Pair.open()) {
      ChannelFuture first = pair.alice.channel.write(End.bytes(10));
      for (int i = 0; i < 99; i++) {
        pair.alice.write(10);
      }
      assertEquals(0, pair.alice.dropSent());
      pair.alice.channel.flush();
      ByteBuf packets = pair.alice.channel.readOutbound();
      assertEquals(HEADER_BYTES + 1000, packets.readableBytes());
      assertEquals(0, pair.alice.dropSent());
      assertTrue(first.isSuccess());
      pair.bob.receive(packets);
      assertEquals(1000, pair.bob.seen.bytes.size());
    }
  }

  @Test
  void aFlushOfManyPacketsIsOneWrite() {
    try (Pair pair = Pair.open()) {
      pair.alice.send(Output.BATCH_BYTES);
      ByteBuf packets = pair.alice.channel.readOutbound();
      assertEquals(15 * (HEADER_BYTES + Boxer.MAX_BODY_BYTES), packets.readableBytes());
      assertEquals(0, pair.alice.dropSent());
      pair.bob.receive(packets);
      assertTrue(Pair.arrived(pair.bob, Output.BATCH_BYTES));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4095, 4096, 4097, 65_535, 65_536, 65_537, 300_000})
  void everyLengthArrives(int length) {
    try (Pair pair = Pair.open()) {
      ChannelFuture written = pair.alice.channel.writeAndFlush(End.bytes(length));
      pair.exchange();
      assertTrue(written.isSuccess());
      assertTrue(Pair.arrived(pair.bob, length));
    }
  }

  /** Each boundary of a write lies somewhere else in its packet. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 4095, 4097, 5000, 65_535, 70_000})
  void writesThatShareAFlushArriveInOrder(int length) {
    try (Pair pair = Pair.open()) {
      ByteBuf all = End.bytes(10 * length);
      while (all.isReadable()) {
        pair.alice.channel.write(all.readRetainedSlice(length));
        pair.alice.channel.write(Unpooled.EMPTY_BUFFER);
      }
      all.release();
      pair.alice.channel.flush();
      pair.exchange();
      assertTrue(Pair.arrived(pair.bob, 10 * length));
    }
  }

  @Test
  void anEmptyWriteSendsNothingAndSucceeds() {
    try (Pair pair = Pair.open()) {
      ChannelFuture written = pair.alice.channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
      assertTrue(written.isSuccess());
      ByteBuf sent = pair.alice.sent();
      assertFalse(sent.isReadable());
      sent.release();
    }
  }

  static Stream<Named<UnaryOperator<ByteBuf>>> kinds() {
    PooledByteBufAllocator pool = PooledByteBufAllocator.DEFAULT;
    return Stream.of(
        Named.of("heap", bytes -> copy(bytes, pool.heapBuffer())),
        Named.of("direct", bytes -> copy(bytes, pool.directBuffer())),
        Named.of("read-only", bytes -> copy(bytes, pool.directBuffer()).asReadOnly()),
        Named.of("slice", bytes -> copy(bytes, pool.heapBuffer().writeZero(7)).skipBytes(7)),
        Named.of(
            "composite of heap and direct",
            bytes ->
                pool.compositeBuffer()
                    .addComponent(true, copy(bytes.readSlice(333), pool.heapBuffer()))
                    .addComponent(true, copy(bytes, pool.directBuffer()))));
  }

  private static ByteBuf copy(ByteBuf bytes, ByteBuf into) {
    return into.writeBytes(bytes);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindOfBufferTravels(UnaryOperator<ByteBuf> kind) {
    try (Pair pair = Pair.of(Backends.ANY)) {
      // The handshake's messages and the packets come in such buffers, too.
      while (moveIn(kind, pair.alice, pair.bob) | moveIn(kind, pair.bob, pair.alice)) {}
      pair.alice.channel.writeAndFlush(kind.apply(End.bytes(70_000)));
      moveIn(kind, pair.alice, pair.bob);
      assertTrue(Pair.arrived(pair.bob, 70_000));
    }
  }

  private static boolean moveIn(UnaryOperator<ByteBuf> kind, End from, End to) {
    ByteBuf sent = from.sent();
    boolean moved = sent.isReadable();
    if (moved) {
      // Room for a slice of the first 333 bytes.
      while (sent.isReadable()) {
        ByteBuf piece = sent.readSlice(Math.min(sent.readableBytes(), 5000));
        to.receive(piece.readableBytes() < 333 ? piece.copy() : kind.apply(piece));
      }
    }
    sent.release();
    return moved;
  }

  @Test
  void whatIsNoBufferCannotBeWritten() {
    try (Pair pair = Pair.open()) {
      ChannelFuture written = pair.alice.channel.write("text");
      assertInstanceOf(UnsupportedOperationException.class, written.cause());
      pair.alice.send(5);
      pair.exchange();
      assertTrue(Pair.arrived(pair.bob, 5));
    }
  }

  /** A packet that did not leave would make all later ones unreadable. */
  @Test
  void aWriteThatWaitsCannotBeCancelled() {
    try (Pair pair = Pair.of(Backends.ANY)) {
      ChannelFuture written = pair.alice.channel.write(End.bytes(5));
      assertFalse(written.cancel(false));
      pair.alice.channel.flush();
      pair.exchange();
      assertTrue(Pair.arrived(pair.bob, 5));
    }
  }

  @Test
  void aWriteInChannelReadIsAnEcho() {
    End bob = new End(Pair.serverHandler(Backends.ANY, Authorizer.anyone()), new Echo());
    try (Pair pair = new Pair(Pair.client(Backends.ANY), bob)) {
      pair.alice.send(100_000);
      pair.exchange();
      assertTrue(Pair.arrived(pair.alice, 100_000));
    }
  }

  @Test
  void aWriteAfterTheEndFails() {
    try (Pair pair = Pair.open()) {
      pair.alice.handler.shutdownOutput();
      ChannelFuture written = pair.alice.channel.write(End.bytes(5));
      assertInstanceOf(ClosedChannelException.class, written.cause());
    }
  }
}
