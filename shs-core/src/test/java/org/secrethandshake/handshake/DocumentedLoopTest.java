package org.secrethandshake.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Transports;

/** The loop in the documentation of {@link Handshake} ends in every step, for both sides. */
@Timeout(20)
class DocumentedLoopTest {
  private final Transports.Pair transports = Transports.pair();

  @Test
  void endsWithASessionOnBothSides() throws Exception {
    CompletableFuture<Session> client = dial();
    try (Session server = serve(Set.of(Sides.ALICE.publicKey()));
        Session ours = client.get()) {
      assertEquals(Sides.ALICE.publicKey(), server.peer());
      assertEquals(Sides.BOB.publicKey(), ours.peer());
    }
  }

  @Test
  void endsWhenTheClientIsRefused() throws Exception {
    CompletableFuture<Session> client = dial();
    IOException refused = assertThrows(IOException.class, () -> serve(Set.of()));
    assertEquals("the client was refused", refused.getMessage());
    transports.right().close();
    ExecutionException hungUp = assertThrows(ExecutionException.class, client::get);
    assertTrue(hungUp.getCause() instanceof EOFException, () -> "not " + hungUp.getCause());
  }

  @Test
  void endsWhenThereIsNoInput() throws Exception {
    transports.left().close();
    assertThrows(EOFException.class, () -> serve(Set.of()));
  }

  private CompletableFuture<Session> dial() {
    CompletableFuture<Session> session = new CompletableFuture<>();
    Endpoint alice = Sides.side(Sides.ALICE);
    Thread thread =
        new Thread(
            () -> {
              try (Handshake handshake = alice.client(alice.serverKey(Sides.BOB.publicKey()))) {
                session.complete(run(handshake, transports.left(), Set.of()));
              } catch (IOException e) {
                session.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return session;
  }

  private Session serve(Set<IdentityKey> friends) throws IOException {
    try (ServerHandshake handshake = Sides.side(Sides.BOB).server()) {
      return run(handshake, transports.right(), friends);
    }
  }

  private static Session run(Handshake handshake, ByteChannel transport, Set<IdentityKey> friends)
      throws IOException {
    while (true) {
      switch (handshake.step()) {
        case SEND -> {
          ByteBuffer message = ByteBuffer.allocate(handshake.bytesToSend());
          handshake.send(message);
          transport.write(message.flip());
        }
        case RECEIVE -> {
          ByteBuffer message = ByteBuffer.allocate(handshake.bytesNeeded());
          if (transport.read(message) < 0) {
            throw new EOFException("the peer hung up");
          }
          handshake.receive(message.flip());
        }
        case AUTHORIZE -> {
          ServerHandshake server = (ServerHandshake) handshake;
          if (friends.contains(server.clientKey())) {
            server.accept();
          } else {
            server.refuse();
          }
        }
        case DONE -> {
          return handshake.finish();
        }
        case CLOSED -> throw new IOException("the client was refused");
        case FAILED -> throw new AssertionError("receive and send have thrown");
      }
    }
  }
}
