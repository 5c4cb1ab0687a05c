package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.boxstream.Unboxer;

class HandshakeTransportTest {
  private static final SecretHandshake HASTY = Peers.side(Peers.BOB, Duration.ofMillis(200));

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cutsOffASilentPeerAtItsDeadline(boolean tcp) throws Exception {
    Transports.Pair transports = tcp ? Peers.tcp() : Transports.pair();
    HandshakeException error =
        assertReason(Reason.TIMEOUT, () -> HASTY.accept(transports.right(), Authorizer.anyone()));
    assertTrue(error.getMessage().contains("clientHello"), error.getMessage());
    assertFalse(transports.right().isOpen());
    transports.left().close();
  }

  @Test
  void cutsOffADrippingPeerAtTheSameDeadline() throws Exception {
    Transports.Pair transports = Peers.tcp();
    Future<?> drip =
        Peers.THREADS.submit(
            () -> {
              while (true) {
                transports.left().write(ByteBuffer.wrap(new byte[] {1}));
                TimeUnit.MILLISECONDS.sleep(20);
              }
            });
    assertReason(Reason.TIMEOUT, () -> HASTY.accept(transports.right(), Authorizer.anyone()));
    assertThrows(ExecutionException.class, drip::get);
  }

  @Test
  void timesOutAsClientToo() throws Exception {
    Transports.Pair transports = Peers.tcp();
    assertReason(
        Reason.TIMEOUT,
        () -> HASTY.connect(transports.left(), HASTY.serverKey(Peers.BOB.publicKey())));
    transports.right().close();
  }

  @Test
  void closesStreamsThroughWhatUnblocksThem() throws Exception {
    Transports.Pair sockets = Peers.tcp();
    AtomicBoolean unblocked = new AtomicBoolean();
    SocketChannel socket = (SocketChannel) sockets.right();
    ByteChannel streams =
        Transports.of(
            socket.socket().getInputStream(),
            OutputStream.nullOutputStream(),
            () -> {
              unblocked.set(true);
              socket.close();
            });
    assertReason(Reason.TIMEOUT, () -> HASTY.accept(streams, Authorizer.anyone()));
    assertTrue(unblocked.get());
    sockets.left().close();
  }

  @Test
  void saysWhenThePeerHangsUpBeforeItAnswers() {
    Transports.Pair transports = Transports.pair();
    Peers.THREADS.submit(
        () -> {
          transports.right().read(ByteBuffer.allocate(64));
          transports.right().close();
          return null;
        });
    HandshakeException error =
        assertReason(
            Reason.CLOSED_BY_PEER, () -> Peers.CLIENT.connect(transports.left(), Peers.BOBS_KEY));
    assertTrue(error.getMessage().contains("another network"), error.getMessage());
  }

  @Test
  void saysWhenTheTransportFails() {
    IOException cause = new IOException("the cable is cut");
    InputStream cut =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw cause;
          }
        };
    HandshakeException error =
        assertReason(
            Reason.TRANSPORT,
            () ->
                Peers.CLIENT.connect(
                    Transports.of(cut, OutputStream.nullOutputStream(), () -> {}), Peers.BOBS_KEY));
    assertSame(cause, error.getCause());
  }

  @Test
  void refusesATransportInNonBlockingMode() throws Exception {
    Transports.Pair transports = Peers.tcp();
    ((SocketChannel) transports.left()).configureBlocking(false);
    assertThrows(
        IllegalBlockingModeException.class,
        () -> Peers.CLIENT.connect(transports.left(), Peers.BOBS_KEY));
    assertFalse(transports.left().isOpen(), "what it was given is closed on every failure");
    transports.right().close();
  }

  @Test
  void endsWhenItsThreadIsInterrupted() throws Exception {
    Transports.Pair transports = Peers.tcp();
    Future<?> client =
        Peers.THREADS.submit(
            () -> {
              Thread.currentThread().interrupt();
              return Peers.CLIENT.connect(transports.left(), Peers.BOBS_KEY);
            });
    ExecutionException error = assertThrows(ExecutionException.class, client::get);
    assertInstanceOf(ClosedByInterruptException.class, error.getCause());
    assertFalse(transports.left().isOpen());
    transports.right().close();
  }

  @Test
  void takesTheOnlyBackendThereIsUnlessOneIsNamed() {
    try (SecretHandshake any = SecretHandshake.builder().network(NetworkKey.SCUTTLEBUTT).build()) {
      assertEquals(Peers.BOB.publicKey(), any.serverKey(Peers.BOB.publicKey()).key());
    }
  }

  @Test
  void tellsWhatADriverOfItsOwnNeeds() {
    SecretHandshake shs =
        SecretHandshake.builder()
            .network(NetworkKey.SCUTTLEBUTT)
            .timeout(Duration.ofSeconds(7))
            .maxBodyBytes(Unboxer.MAX_ANNOUNCED_BYTES)
            .build();
    assertEquals(Duration.ofSeconds(7), shs.timeout());
    assertEquals(Unboxer.MAX_ANNOUNCED_BYTES, shs.maxBodyBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {Unboxer.MAX_BODY_BYTES - 1, Unboxer.MAX_ANNOUNCED_BYTES + 1})
  void receivesNoBodiesOfALengthThatCannotBe(int length) {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> SecretHandshake.builder().maxBodyBytes(length));
    assertEquals(
        "the longest body to receive must be 4096 to 65535 bytes, but is " + length,
        error.getMessage());
  }

  @Test
  void needsANetworkKeyAndAPositiveTimeout() {
    SecretHandshake.Builder builder = SecretHandshake.builder().crypto(Peers.CRYPTO);
    String missing = assertThrows(NullPointerException.class, builder::build).getMessage();
    assertTrue(missing.contains("no network key"), missing);
    assertThrows(IllegalArgumentException.class, () -> builder.timeout(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> builder.maxBodyBytes(4095));
    assertThrows(IllegalArgumentException.class, () -> builder.maxBodyBytes(65_536));
  }

  private static HandshakeException assertReason(
      Reason expected, org.junit.jupiter.api.function.Executable call) {
    HandshakeException error = assertThrows(HandshakeException.class, call);
    assertEquals(expected, error.reason());
    return error;
  }
}
