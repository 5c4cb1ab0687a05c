package org.secrethandshake.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;

class CloseTest {
  private static final int GOODBYE_BYTES = 34;
  private static final long CLOSE_MILLIS = SecretChannel.CLOSE_BOUND.toMillis();

  @Test
  void aCloseSendsWhatWasWrittenAndSaysGoodbye() {
    try (Pair pair = Pair.open()) {
      ChannelFuture written = pair.alice.channel.write(End.bytes(100));
      ChannelFuture closed = pair.alice.channel.close();
      assertTrue(written.isSuccess());
      assertFalse(closed.isDone(), "closed before the peer could have read the goodbye");
      pair.exchange();
      assertTrue(closed.isSuccess());
      assertEquals(List.of("success", "read 100", "inactive"), pair.bob.seen.log);
      assertEquals(List.of("success", "inactive"), pair.alice.seen.log);
      assertTrue(pair.alice.handler.closeFuture().isSuccess());
      assertTrue(pair.bob.handler.closeFuture().isSuccess());
    }
  }

  @Test
  void aCloseWaitsForThePeerNoLongerThanItsBound() {
    try (Pair pair = Pair.open()) {
      // Not by the embedded channel's own close, which cancels all that is scheduled.
      ChannelFuture closed = pair.alice.channel.pipeline().close();
      pair.alice.pass(CLOSE_MILLIS - 1);
      assertFalse(closed.isDone());
      pair.alice.pass(1);
      assertTrue(closed.isSuccess());
      assertEquals(List.of("success", "inactive"), pair.alice.seen.log);
      assertInstanceOf(ClosedChannelException.class, pair.alice.handler.closeFuture().cause());
      assertEquals(1, pair.alice.dropSent());
    }
  }

  @Test
  void aCloseDropsWhatComesUpToABound() {
    try (Pair pair = Pair.open()) {
      ChannelFuture closed = pair.alice.channel.close();
      pair.bob.send(SecretChannel.CLOSE_DROP_BYTES / 2);
      pair.alice.receive(pair.bob.sent());
      assertFalse(closed.isDone());
      pair.bob.send(SecretChannel.CLOSE_DROP_BYTES / 2);
      pair.alice.receive(pair.bob.sent());
      assertTrue(closed.isSuccess());
      assertEquals(List.of("success", "inactive"), pair.alice.seen.log);
    }
  }

  @Test
  void everyCloseSucceedsThoughOneIsUnderWay() {
    try (Pair pair = Pair.open()) {
      ChannelFuture first = pair.alice.channel.close();
      ChannelFuture second = pair.alice.channel.disconnect();
      pair.exchange();
      assertTrue(first.isSuccess());
      assertTrue(second.isSuccess());
      assertTrue(pair.alice.channel.close().isSuccess());
    }
  }

  @Test
  void aPeerThatEndsWithoutItsGoodbyeWhileWeCloseIsNoException() {
    try (Pair pair = Pair.open()) {
      pair.alice.channel.close();
      pair.alice.cut();
      assertEquals(List.of("success", "inactive"), pair.alice.seen.log);
      assertEquals("TRUNCATED", Seen.reason(pair.alice.handler.closeFuture().cause()));
    }
  }

  @Test
  void aPlainCloseAfterBothGoodbyesIsNoAttack() {
    try (Pair pair = Pair.open()) {
      pair.alice.allowHalfClosure();
      pair.bob.allowHalfClosure();
      pair.alice.handler.shutdownOutput();
      pair.bob.receive(pair.alice.sent());
      ChannelFuture goodbye = pair.bob.handler.shutdownOutput();
      assertTrue(goodbye.isSuccess());
      pair.bob.channel.pipeline().fireExceptionCaught(new IOException("Connection reset"));
      pair.alice.receive(pair.bob.sent());
      pair.alice.cut();
      assertEquals(List.of("success", "input shut down", "inactive"), pair.bob.seen.log);
      assertEquals(List.of("success", "inactive"), pair.alice.seen.log);
      assertTrue(pair.alice.handler.closeFuture().isSuccess());
      assertTrue(pair.bob.handler.closeFuture().isSuccess());
    }
  }

  @Test
  void aGoodbyeDoesNotOvertakeTheBodiesDecodedWithIt() {
    try (Pair pair = Pair.open()) {
      pair.bob.allowHalfClosure();
      pair.alice.send(100);
      pair.alice.handler.shutdownOutput();
      pair.bob.receive(pair.alice.sent());
      assertEquals(List.of("success", "read 100", "input shut down"), pair.bob.seen.log);
    }
  }

  @Test
  void aGoodbyeWaitsWithTheBodiesThatNobodyHasAskedFor() {
    try (Pair pair = Pair.open()) {
      pair.bob.allowHalfClosure();
      pair.bob.channel.config().setAutoRead(false);
      pair.alice.send(100);
      ByteBuf first = pair.alice.sent();
      pair.alice.handler.shutdownOutput();
      pair.bob.receive(first);
      pair.bob.receive(pair.alice.sent());
      assertEquals(List.of("success", "read 100"), pair.bob.seen.log);
      pair.bob.channel.read();
      assertEquals(List.of("success", "read 100", "input shut down"), pair.bob.seen.log);
    }
  }

  @Test
  void outputStaysOpenAfterThePeersGoodbyeIfHalfClosureIsAllowed() {
    try (Pair pair = Pair.open()) {
      pair.bob.allowHalfClosure();
      pair.alice.handler.shutdownOutput();
      pair.exchange();
      // What the reference does: its direction of TCP ends with its goodbye.
      pair.bob.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      pair.bob.send(5000);
      pair.exchange();
      assertTrue(Pair.arrived(pair.alice, 5000));
      pair.bob.channel.close();
      pair.exchange();
      assertEquals(List.of("success", "input shut down", "inactive"), pair.bob.seen.log);
      assertTrue(pair.alice.handler.closeFuture().isSuccess());
    }
  }

  @Test
  void thePeersGoodbyeClosesWithOursIfHalfClosureIsNotAllowed() {
    try (Pair pair = Pair.open()) {
      pair.bob.write(50);
      pair.alice.send(100);
      pair.alice.handler.shutdownOutput();
      pair.exchange();
      assertEquals(List.of("success", "read 100", "inactive"), pair.bob.seen.log);
      assertEquals(List.of("success", "read 50", "inactive"), pair.alice.seen.log);
      assertTrue(pair.alice.handler.closeFuture().isSuccess());
      assertTrue(pair.bob.handler.closeFuture().isSuccess());
    }
  }

  @Test
  void aShutdownOfTheOutputBeforeTheHandshakeWaitsForIt() {
    try (Pair pair = Pair.of(Backends.ANY)) {
      pair.bob.allowHalfClosure();
      pair.alice.write(100);
      ChannelFuture goodbye = pair.alice.handler.shutdownOutput();
      assertFalse(goodbye.isDone());
      pair.exchange();
      assertTrue(goodbye.isSuccess());
      assertEquals(List.of("success", "read 100", "input shut down"), pair.bob.seen.log);
    }
  }

  @Test
  void theGoodbyeIsSaidOnce() {
    try (Pair pair = Pair.open()) {
      pair.alice.handler.shutdownOutput();
      assertTrue(pair.alice.handler.shutdownOutput().isSuccess());
      pair.alice.channel.close();
      ByteBuf sent = pair.alice.sent();
      assertEquals(GOODBYE_BYTES, sent.readableBytes());
      sent.release();
    }
  }

  @Test
  void whatFollowsAGoodbyeIsNotLookedAt() {
    try (Pair pair = Pair.open()) {
      pair.bob.allowHalfClosure();
      pair.alice.handler.shutdownOutput();
      pair.bob.receive(pair.alice.sent().writeZero(100));
      pair.bob.receive(End.bytes(100));
      assertEquals(List.of("success", "input shut down"), pair.bob.seen.log);
    }
  }

  /** It sees a cut: nobody may take a part for the whole. */
  @Test
  void removingTheHandlerClosesAnOpenChannelWithoutAGoodbye() {
    try (Pair pair = Pair.open()) {
      ChannelFuture waiting = pair.alice.channel.write(End.bytes(5));
      pair.alice.channel.pipeline().remove(pair.alice.handler);
      assertFalse(pair.alice.channel.isOpen());
      assertInstanceOf(IllegalStateException.class, waiting.cause());
      assertInstanceOf(IllegalStateException.class, pair.alice.handler.closeFuture().cause());
      assertEquals(0, pair.alice.dropSent());
    }
  }

  @Test
  void removingTheHandlerInMidHandshakeFailsIt() {
    try (End alice = Pair.client(Backends.ANY)) {
      alice.dropSent();
      alice.channel.pipeline().remove(alice.handler);
      assertFalse(alice.channel.isOpen());
      assertInstanceOf(IllegalStateException.class, alice.handler.handshakeFuture().cause());
    }
  }

  @Test
  void aHandlerMayRemoveItInChannelRead() {
    Seen remover =
        new Seen() {
          @Override
          public void channelRead(ChannelHandlerContext ctx, Object message) {
            super.channelRead(ctx, message);
            ctx.pipeline().remove(SecretHandshakeHandler.class);
          }
        };
    End bob = new End(Pair.serverHandler(Backends.ANY, Authorizer.anyone()), remover);
    try (Pair pair = new Pair(Pair.client(Backends.ANY), bob)) {
      pair.exchange();
      pair.alice.send(10);
      ByteBuf sent = pair.alice.sent();
      pair.alice.send(10);
      pair.bob.receive(sent.writeBytes(End.bytes(100)));
      assertEquals(List.of("success", "read 10", "inactive"), bob.seen.log);
      pair.alice.dropSent();
    }
  }

  @Test
  void aHandlerMayCloseInChannelRead() {
    Seen closer =
        new Seen() {
          @Override
          public void channelRead(ChannelHandlerContext ctx, Object message) {
            super.channelRead(ctx, message);
            ctx.close();
          }
        };
    End bob = new End(Pair.serverHandler(Backends.ANY, Authorizer.anyone()), closer);
    try (Pair pair = new Pair(Pair.client(Backends.ANY), bob)) {
      pair.exchange();
      pair.alice.send(10);
      ByteBuf both = pair.alice.sent();
      pair.alice.handler.shutdownOutput();
      ByteBuf goodbye = pair.alice.sent();
      pair.bob.receive(both.writeBytes(goodbye));
      goodbye.release();
      pair.exchange();
      assertEquals(List.of("success", "read 10", "inactive"), bob.seen.log);
      assertTrue(pair.bob.handler.closeFuture().isSuccess());
      assertTrue(pair.alice.handler.closeFuture().isSuccess());
    }
  }

  @Test
  void aHandlerMayCloseWhenItLearnsOfTheHandshake() {
    Seen closer =
        new Seen() {
          @Override
          public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            super.userEventTriggered(ctx, event);
            ctx.close();
          }
        };
    End bob = new End(Pair.serverHandler(Backends.ANY, Authorizer.anyone()), closer);
    try (Pair pair = new Pair(Pair.client(Backends.ANY), bob)) {
      pair.exchange();
      assertEquals(List.of("success", "inactive"), bob.seen.log);
      assertTrue(pair.alice.handler.closeFuture().isSuccess());
    }
  }

  @Test
  void whatAHandlerThrowsIsItsOwn() {
    Seen thrower =
        new Seen() {
          @Override
          public void channelRead(ChannelHandlerContext ctx, Object message) {
            super.channelRead(ctx, message);
            throw new IllegalStateException("the application's fault");
          }
        };
    End bob = new End(Pair.serverHandler(Backends.ANY, Authorizer.anyone()), thrower);
    try (Pair pair = new Pair(Pair.client(Backends.ANY), bob)) {
      pair.exchange();
      pair.alice.send(10);
      pair.exchange();
      pair.alice.send(20);
      pair.exchange();
      assertEquals(
          List.of(
              "success",
              "read 10",
              "exception IllegalStateException",
              "read 20",
              "exception IllegalStateException"),
          bob.seen.log);
    }
  }
}
