package org.secrethandshake.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.secrethandshake.BoxStreamException;

class CutTest {
  private static final int HEADER_BYTES = 34;

  private final Pair pair = Pair.open();

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void aBareEndIsAnErrorBeforeTheChannelIsInactive() {
    pair.alice.send(100);
    pair.exchange();
    pair.bob.cut();
    assertBobSaw("success", "read 100", "exception TRUNCATED", "inactive");
    assertInstanceOf(BoxStreamException.class, pair.bob.handler.closeFuture().cause());
  }

  @Test
  void aCutInMidPacketIsOne() {
    pair.alice.send(100);
    ByteBuf sent = pair.alice.sent();
    pair.bob.receive(sent.readSlice(50).retain());
    sent.release();
    pair.bob.cut();
    assertBobSaw("success", "exception TRUNCATED", "inactive");
  }

  @Test
  void anEndOfTheTransportsInputIsNoGoodbye() {
    pair.bob.allowHalfClosure();
    pair.bob.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    assertBobSaw("success", "exception TRUNCATED", "inactive");
  }

  @Test
  void anAlteredHeaderIsTold() {
    assertAltered(0, "success", "read 100", "exception BAD_HEADER", "inactive");
  }

  @Test
  void anAlteredBodyIsToldBehindWhatIsAuthentic() {
    assertAltered(HEADER_BYTES, "success", "read 100", "exception BAD_BODY", "inactive");
  }

  private void assertAltered(int offset, String... seen) {
    pair.alice.send(100);
    pair.alice.send(100);
    pair.alice.send(100);
    ByteBuf sent = pair.alice.sent();
    int index = HEADER_BYTES + 100 + offset;
    sent.setByte(index, sent.getByte(index) ^ 1);
    pair.bob.receive(sent);
    assertBobSaw(seen);
  }

  @Test
  void nothingIsSentAfterAFailure() {
    pair.bob.write(100);
    ChannelFuture waiting = pair.bob.channel.write(End.bytes(10));
    pair.bob.receive(End.bytes(HEADER_BYTES));
    ChannelFuture late = pair.bob.channel.writeAndFlush(End.bytes(10));
    pair.bob.channel.runPendingTasks();
    pair.bob.handler.shutdownOutput();
    pair.bob.channel.close();
    assertEquals(0, pair.bob.dropSent());
    assertBobSaw("success", "exception BAD_HEADER", "inactive");
    assertInstanceOf(BoxStreamException.class, waiting.cause());
    assertTrue(late.isDone() && !late.isSuccess());
  }

  @Test
  void aTransportThatFailsIsToldOnce() {
    IOException reset = new IOException("Connection reset");
    pair.bob.channel.pipeline().fireExceptionCaught(reset);
    assertBobSaw("success", "exception TRANSPORT", "inactive");
    assertSame(reset, pair.bob.handler.closeFuture().cause().getCause());
  }

  @Test
  void whatOtherHandlersThrowPasses() {
    pair.bob.channel.pipeline().fireExceptionCaught(new IllegalStateException("theirs"));
    assertBobSaw("success", "exception IllegalStateException");
  }

  @Test
  void whatIsNotBytesIsNoPlaintext() {
    pair.bob.channel.writeInbound("no bytes");
    assertBobSaw("success", "exception UnsupportedOperationException", "inactive");
  }

  private void assertBobSaw(String... seen) {
    assertEquals(List.of(seen), pair.bob.seen.log);
  }
}
