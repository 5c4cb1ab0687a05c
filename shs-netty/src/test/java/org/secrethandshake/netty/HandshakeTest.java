package org.secrethandshake.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ScriptedRandomness;

class HandshakeTest {
  private static final int HELLO_BYTES = 64;
  private static final int CLIENT_AUTHENTICATE_BYTES = 112;
  private static final int REFUSAL_MILLIS = 250;
  private static final int TIMEOUT_MILLIS = 5000;

  @ParameterizedTest
  @MethodSource("org.secrethandshake.netty.Backends#each")
  void tellsBothSidesWhoIsThereAndCarriesBytes(CryptoProvider crypto) {
    try (Pair pair = Pair.of(crypto, crypto, client -> Optional.of("a friend"))) {
      awaitBlockingAuthorizer(pair);
      assertEquals(Scene.bobKey(), pair.alice.seen.outcome.peer());
      assertEquals(Scene.bobKey(), pair.alice.handler.handshakeFuture().getNow());
      assertEquals(Scene.aliceKey(), pair.bob.seen.outcome.peer());
      assertEquals(Optional.of("a friend"), pair.bob.seen.outcome.authorization(String.class));
      assertEquals(Optional.empty(), pair.alice.seen.outcome.authorization(Object.class));

      pair.alice.send(10_000);
      pair.bob.send(5000);
      pair.exchange();
      assertTrue(Pair.arrived(pair.bob, 10_000));
      assertTrue(Pair.arrived(pair.alice, 5000));
    }
  }

  /** An embedded channel has no thread that the answer could come back to by itself. */
  private static void awaitBlockingAuthorizer(Pair pair) {
    pair.exchange();
    while (pair.bob.seen.outcome == null) {
      Thread.onSpinWait();
      pair.bob.channel.runPendingTasks();
    }
    pair.exchange();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 100, 1000})
  void doesNotCareWhereBuffersBeginAndEnd(int piece) {
    try (Pair pair = Pair.of(Backends.ANY)) {
      pair.alice.send(300);
      pair.bob.send(200);
      pair.exchange(piece);
      assertTrue(Pair.arrived(pair.bob, 300));
      assertTrue(Pair.arrived(pair.alice, 200));
    }
  }

  /** In step SEND a handshake awaits nothing: the next message has a length only when it is due. */
  @Test
  void readsTheNextMessagesLengthOnlyAfterStepSend() throws Exception {
    try (SecretHandshake shs = Scene.alice(Backends.ANY);
        ClientHandshake client = shs.client(shs.serverKey(Scene.bobKey()));
        End bob = Pair.server(Backends.ANY, Authorizer.anyone())) {
      ByteBuf helloAndMore = Unpooled.buffer();
      helloAndMore.writeBytes(message(client)).writeZero(CLIENT_AUTHENTICATE_BYTES);
      bob.receive(helloAndMore);
      ByteBuf sent = bob.sent();
      assertEquals(HELLO_BYTES, sent.readableBytes());
      sent.release();
      bob.pass(REFUSAL_MILLIS);
      assertEquals(List.of("failure BAD_CLIENT_AUTH", "inactive"), bob.seen.log);
    }
  }

  @Test
  void cancelsTheAuthorizersAnswerAtTheDeadline() {
    CompletableFuture<Optional<?>> answer = new CompletableFuture<>();
    try (Pair pair = Pair.of(Backends.ANY, Backends.ANY, Authorizer.async(client -> answer))) {
      pair.exchange();
      pair.bob.pass(TIMEOUT_MILLIS - 1);
      assertEquals(List.of(), pair.bob.seen.log);
      pair.bob.pass(1);
      assertEquals(List.of("failure TIMEOUT", "inactive"), pair.bob.seen.log);
      assertThrows(CancellationException.class, answer::join);
      assertEquals(0, pair.bob.dropSent());
    }
  }

  @Test
  void ignoresAnAcceptAfterTheDeadline() {
    // Cannot be cancelled, like one that another thread is about to complete.
    CompletableFuture<Optional<?>> answer =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            return false;
          }
        };
    try (Pair pair = Pair.of(Backends.ANY, Backends.ANY, Authorizer.async(client -> answer))) {
      pair.exchange();
      pair.bob.pass(TIMEOUT_MILLIS);
      answer.complete(Optional.of("late"));
      pair.bob.channel.runPendingTasks();
      assertEquals(List.of("failure TIMEOUT", "inactive"), pair.bob.seen.log);
      assertEquals(0, pair.bob.dropSent());
    }
  }

  /** A client has its keys before serverAccept, so it may be that early. */
  @Test
  void keepsBytesThatComeWhileTheAuthorizerThinks() throws Exception {
    byte[] alices = Arrays.copyOf(new byte[] {1, 2, 3}, CryptoProvider.SEED_BYTES);
    byte[] bobs = Arrays.copyOf(new byte[] {4, 5, 6}, CryptoProvider.SEED_BYTES);
    ByteBuf packets = Unpooled.buffer();
    ByteBuf hello = Unpooled.buffer();
    ByteBuf authenticate = Unpooled.buffer();
    rehearse(alices, bobs, hello, authenticate, packets);

    CompletableFuture<Optional<?>> answer = new CompletableFuture<>();
    try (End bob =
        Pair.server(new ScriptedRandomness(Backends.ANY, bobs), Authorizer.async(c -> answer))) {
      bob.receive(hello);
      bob.receive(authenticate.writeBytes(packets.readSlice(50)));
      bob.receive(packets);
      assertEquals(List.of(), bob.seen.log);
      answer.complete(Optional.of("welcome"));
      assertEquals("success", bob.seen.log.get(0));
      assertTrue(Pair.arrived(bob, 9000));
      bob.dropSent();
    }
  }

  /** Runs the same handshake with the same randomness, to know its messages and keys. */
  private static void rehearse(
      byte[] alices, byte[] bobs, ByteBuf hello, ByteBuf authenticate, ByteBuf packets)
      throws HandshakeException {
    try (SecretHandshake alice = Scene.alice(new ScriptedRandomness(Backends.ANY, alices));
        SecretHandshake bob = Scene.bob(new ScriptedRandomness(Backends.ANY, bobs));
        ClientHandshake client = alice.client(alice.serverKey(Scene.bobKey()));
        ServerHandshake server = bob.server()) {
      hello.writeBytes(message(client));
      server.receive(hello.nioBuffer());
      client.receive(ByteBuffer.wrap(message(server)));
      authenticate.writeBytes(message(client));
      server.receive(authenticate.nioBuffer());
      server.accept();
      client.receive(ByteBuffer.wrap(message(server)));
      try (Session session = client.finish();
          Boxer boxer = session.boxer()) {
        ByteBuffer boxed = ByteBuffer.allocate(10_000);
        boxer.box(End.bytes(9000).nioBuffer(), boxed);
        packets.writeBytes(boxed.flip());
      }
    }
  }

  private static byte[] message(Handshake side) {
    ByteBuffer message = ByteBuffer.allocate(side.bytesToSend());
    side.send(message);
    return message.array();
  }

  @Test
  void readsNothingWhileTheAuthorizerThinks() {
    CompletableFuture<Optional<?>> answer = new CompletableFuture<>();
    Reads reads = new Reads();
    End bob =
        new End(
            Pair.serverHandler(Backends.ANY, Authorizer.async(client -> answer)),
            new Seen(),
            reads);
    try (Pair pair = new Pair(Pair.client(Backends.ANY), bob)) {
      pair.exchange();
      int before = reads.count;
      bob.channel.read();
      bob.channel.read();
      assertEquals(before, reads.count);
      answer.complete(Optional.of("welcome"));
      assertEquals(before + 1, reads.count);
      pair.exchange();
      bob.channel.read();
      assertTrue(reads.count > before + 1);
    }
  }

  @Test
  void aClientThatIsRefusedSeesACloseAfterAStepAndNothingElse() {
    assertRefused(Pair.of(Backends.ANY, Backends.ANY, Authorizer.only(Set.of())), "REFUSED");
  }

  @Test
  void anAuthorizerThatFailsRefuses() {
    Authorizer broken =
        Authorizer.async(client -> CompletableFuture.failedFuture(new IOException("down")));
    Pair pair = Pair.of(Backends.ANY, Backends.ANY, broken);
    assertRefused(pair, "AUTHORIZER_FAILED");
    assertInstanceOf(IOException.class, pair.bob.seen.outcome.cause().getCause());
  }

  @Test
  void anAuthorizerThatThrowsRefuses() {
    Authorizer broken =
        Authorizer.async(
            client -> {
              throw new IllegalStateException("down");
            });
    assertRefused(Pair.of(Backends.ANY, Backends.ANY, broken), "AUTHORIZER_FAILED");
  }

  @Test
  void anAuthorizerThatAnswersNothingRefuses() {
    Authorizer broken = Authorizer.async(client -> CompletableFuture.completedFuture(null));
    assertRefused(Pair.of(Backends.ANY, Backends.ANY, broken), "AUTHORIZER_FAILED");
  }

  @Test
  void aClientOfAnotherServersKeySeesWhatARefusedOneSees() {
    try (SecretHandshake shs = Scene.alice(Backends.ANY)) {
      // She dials herself, and reaches Bob.
      End alice = new End(SecretHandshakeHandler.client(shs, shs.serverKey(Scene.aliceKey())));
      assertRefused(
          new Pair(alice, Pair.server(Backends.ANY, Authorizer.anyone())), "BAD_CLIENT_AUTH");
    }
  }

  private static void assertRefused(Pair pair, String reason) {
    try (pair) {
      pair.exchange();
      pair.bob.pass(0);
      assertEquals(List.of(), pair.bob.seen.log, "told before its time");
      assertTrue(pair.bob.channel.isOpen(), "closed before its time");
      pair.bob.pass(REFUSAL_MILLIS);
      pair.exchange();
      assertEquals(List.of("failure " + reason, "inactive"), pair.bob.seen.log);
      assertEquals(List.of("failure CLOSED_BY_PEER", "inactive"), pair.alice.seen.log);
      assertFalse(pair.bob.handler.handshakeFuture().isSuccess());
      assertEquals(pair.bob.seen.outcome.cause(), pair.bob.handler.handshakeFuture().cause());
    }
  }

  @Test
  void aFailureIsToldWhenTheClientGoesBeforeItsTime() {
    try (Pair pair = Pair.of(Backends.ANY, Backends.ANY, Authorizer.only(Set.of()))) {
      pair.exchange();
      pair.bob.cut();
      assertEquals(List.of("failure REFUSED", "inactive"), pair.bob.seen.log);
    }
  }

  @Test
  void aHelloOfAnotherNetworkIsRefusedAtOnce() {
    try (SecretHandshake shs = Scene.aliceOf(NetworkKey.of(new byte[NetworkKey.BYTES]));
        Pair pair =
            new Pair(
                new End(SecretHandshakeHandler.client(shs, shs.serverKey(Scene.bobKey()))),
                Pair.server(Backends.ANY, Authorizer.anyone()))) {
      pair.exchange();
      assertEquals(List.of("failure WRONG_NETWORK", "inactive"), pair.bob.seen.log);
      assertEquals(List.of("failure CLOSED_BY_PEER", "inactive"), pair.alice.seen.log);
    }
  }

  @Test
  void aSilentPeerIsCutAtTheDeadline() {
    try (End alice = Pair.client(Backends.ANY);
        End bob = Pair.server(Backends.ANY, Authorizer.anyone())) {
      alice.pass(TIMEOUT_MILLIS);
      bob.pass(TIMEOUT_MILLIS);
      assertEquals(List.of("failure TIMEOUT", "inactive"), alice.seen.log);
      assertEquals(List.of("failure TIMEOUT", "inactive"), bob.seen.log);
      assertEquals(1, alice.dropSent());
    }
  }

  @Test
  void aPeerThatDripsIsCutAtTheSameDeadline() {
    try (End bob = Pair.server(Backends.ANY, Authorizer.anyone())) {
      for (int i = 0; i < 50; i++) {
        bob.receive(Unpooled.buffer().writeZero(1));
        bob.pass(TIMEOUT_MILLIS / 50);
      }
      assertEquals(List.of("failure TIMEOUT", "inactive"), bob.seen.log);
    }
  }

  @Test
  void theDeadlineEndsWithTheHandshake() {
    try (Pair pair = Pair.open()) {
      pair.alice.pass(10 * TIMEOUT_MILLIS);
      pair.bob.pass(10 * TIMEOUT_MILLIS);
      assertEquals(List.of("success"), pair.alice.seen.log);
      assertEquals(List.of("success"), pair.bob.seen.log);
    }
  }

  @Test
  void aTransportThatFailsFailsTheHandshake() {
    try (End alice = Pair.client(Backends.ANY)) {
      alice.channel.pipeline().fireExceptionCaught(new IOException("Connection reset"));
      assertEquals(List.of("failure TRANSPORT", "inactive"), alice.seen.log);
      assertInstanceOf(IOException.class, alice.seen.outcome.cause().getCause());
      alice.dropSent();
    }
  }

  @Test
  void closingInMidHandshakeFailsItAndSendsNothingMore() {
    try (End alice = Pair.client(Backends.ANY)) {
      assertEquals(1, alice.dropSent());
      alice.channel.close();
      assertEquals(List.of("failure ClosedChannelException", "inactive"), alice.seen.log);
      assertInstanceOf(ClosedChannelException.class, alice.handler.closeFuture().cause());
      assertEquals(0, alice.dropSent());
    }
  }

  @Test
  void aLookupRunsOnTheGivenExecutor() throws Exception {
    CompletableFuture<Thread> where = new CompletableFuture<>();
    Authorizer lookup =
        client -> {
          where.complete(Thread.currentThread());
          return Optional.of(client);
        };
    try (Pair pair =
        Pair.of(Backends.ANY, Backends.ANY, lookup.on(task -> new Thread(task, "own").start()))) {
      awaitBlockingAuthorizer(pair);
      assertEquals("own", where.get().getName());
      assertEquals(
          Optional.of(Scene.aliceKey()), pair.bob.seen.outcome.authorization(IdentityKey.class));
    }
  }

  @Test
  void theOutcomeNamesNoKey() {
    try (Pair pair = Pair.open()) {
      assertFalse(
          pair.bob.seen.outcome.toString().contains(Scene.aliceKey().toBase64().substring(0, 8)));
      assertNotEquals(null, pair.bob.seen.outcome.toString());
    }
  }
}
