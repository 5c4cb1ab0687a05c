package org.secrethandshake.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.secrethandshake.channel.Authorizer;

/** What a channel reads whose handlers ask for each read themselves. */
class ReadTest {
  private final Reads reads = new Reads();

  private End bobWithoutAutoRead() {
    End bob = new End(Pair.serverHandler(Backends.ANY, Authorizer.anyone()), new Seen(), reads);
    bob.channel.config().setAutoRead(false);
    return bob;
  }

  @Test
  void theHandshakeReadsByItself() {
    End bob = bobWithoutAutoRead();
    int before = reads.count;
    try (Pair pair = new Pair(Pair.client(Backends.ANY), bob)) {
      pair.exchange();
      assertEquals(List.of("success"), bob.seen.log);
      assertTrue(reads.count > before);
    }
  }

  @Test
  void afterItNothingIsReadUnasked() {
    End bob = bobWithoutAutoRead();
    try (Pair pair = new Pair(Pair.client(Backends.ANY), bob)) {
      pair.exchange();
      // Use up what the pipeline asked for before it was told not to.
      pair.alice.send(1);
      pair.exchange();
      int before = reads.count;
      bob.channel.pipeline().fireChannelReadComplete();
      assertEquals(before, reads.count);
      bob.channel.read();
      assertEquals(before + 1, reads.count);
    }
  }

  @Test
  void aReadThatBringsNoWholePacketIsFollowedByAnother() {
    End bob = bobWithoutAutoRead();
    try (Pair pair = new Pair(Pair.client(Backends.ANY), bob)) {
      pair.exchange();
      pair.alice.send(100);
      ByteBuf packet = pair.alice.sent();
      bob.channel.read();
      int before = reads.count;
      bob.receive(packet.readSlice(50).retain());
      assertEquals(before + 1, reads.count);
      bob.receive(packet);
      assertEquals(before + 1, reads.count);
      assertEquals(List.of("success", "read 100"), bob.seen.log);
    }
  }

  @Test
  void whatComesUnaskedWaitsForTheNextRead() {
    End bob = bobWithoutAutoRead();
    try (Pair pair = new Pair(Pair.client(Backends.ANY), bob)) {
      pair.exchange();
      bob.channel.read();
      pair.alice.send(1);
      bob.receive(pair.alice.sent());
      pair.alice.send(2);
      bob.receive(pair.alice.sent());
      pair.alice.send(3);
      bob.receive(pair.alice.sent());
      assertEquals(List.of("success", "read 1"), bob.seen.log);
      int before = reads.count;
      bob.channel.read();
      assertEquals(List.of("success", "read 1", "read 2", "read 3"), bob.seen.log);
      assertEquals(before, reads.count, "asked the transport for what was there");
    }
  }

  @Test
  void whatWaitsIsDeliveredBeforeACutIsTold() {
    End bob = bobWithoutAutoRead();
    try (Pair pair = new Pair(Pair.client(Backends.ANY), bob)) {
      pair.exchange();
      bob.channel.read();
      pair.alice.send(1);
      bob.receive(pair.alice.sent());
      pair.alice.send(2);
      bob.receive(pair.alice.sent());
      bob.cut();
      assertEquals(
          List.of("success", "read 1", "read 2", "exception TRUNCATED", "inactive"), bob.seen.log);
    }
  }
}
