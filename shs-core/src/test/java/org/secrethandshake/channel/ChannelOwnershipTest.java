package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** Who owns what, who is told what, and when. */
class ChannelOwnershipTest {
  @Test
  void connectClosesItsTransportOnEveryFailure() {
    SecretHandshake closed = Peers.side(Peers.ALICE, Duration.ofSeconds(5));
    closed.close();
    SecretHandshake nobody =
        SecretHandshake.builder().crypto(Peers.CRYPTO).network(NetworkKey.SCUTTLEBUTT).build();
    assertCloses(IllegalStateException.class, t -> closed.connect(t, Peers.BOBS_KEY));
    assertCloses(IllegalStateException.class, t -> nobody.connect(t, Peers.BOBS_KEY));
    assertCloses(NullPointerException.class, t -> Peers.CLIENT.connect(t, null));
    assertCloses(IllegalStateException.class, t -> closed.accept(t, Authorizer.anyone()));
    assertCloses(NullPointerException.class, t -> Peers.SERVER.accept(t, null));
  }

  private interface Opening {
    SecretChannel open(ByteChannel transport) throws IOException;
  }

  private static void assertCloses(Class<? extends Exception> expected, Opening opening) {
    Transports.Pair transports = Transports.pair();
    assertThrows(expected, () -> opening.open(transports.left()));
    assertFalse(transports.left().isOpen());
  }

  @Test
  void aClosedConfigurationLooksNothingUp() {
    SecretHandshake closed = Peers.side(Peers.ALICE, Duration.ofSeconds(5));
    closed.close();
    MultiserverAddress nowhere =
        MultiserverAddress.of("no-such-host.invalid", 8008, Peers.BOB.publicKey());
    assertThrows(IllegalStateException.class, () -> closed.connect(nowhere));
    assertThrows(
        IllegalStateException.class, () -> closed.connect(nowhere.withSeed(Peers.pattern(32))));
  }

  @Test
  void aPairLeavesNoEndOpenWhenOneFails() throws Exception {
    SecretHandshake fragile = side(new BreaksAtItsThirdBox());
    assertThrows(
        CryptoProviderException.class,
        () -> ChannelPair.connect(fragile, Peers.SERVER, Peers.BOB.publicKey()));
    SecretHandshake closed = Peers.side(Peers.BOB, Duration.ofSeconds(5));
    closed.close();
    assertThrows(
        HandshakeException.class,
        () -> ChannelPair.connect(Peers.CLIENT, closed, Peers.BOB.publicKey()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSecondCloseWaitsForTheFirst(boolean interrupted) throws Exception {
    ChannelPair pair = Wire.MEMORY.connect();
    Future<Long> first =
        Peers.THREADS.submit(
            () -> {
              pair.client().close();
              return System.nanoTime();
            });
    assertTrue(Ending.of(pair.server()).goodbye(), "the first close is under way");
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    pair.client().close();
    assertEquals(interrupted, Thread.interrupted());
    assertEquals("SecretChannel[closed]", pair.client().toString());
    first.get(100, TimeUnit.MILLISECONDS);
    pair.server().abort();
  }

  @Test
  void itPartsFromItsGoodbyeUntilItIsOver() throws Exception {
    ChannelPair pair = Peers.inMemory();
    SecretChannel client = pair.client();
    assertFalse(client.isParting());
    client.shutdownOutput();
    assertTrue(client.isParting());
    client.abortUnlessParting();
    assertTrue(client.isOpen(), "it only waits for its peer");

    pair.server().abortUnlessParting();
    assertFalse(pair.server().isOpen());
    assertFalse(pair.server().isParting());
    client.abort();
    assertFalse(client.isParting());
  }

  @Test
  void itsFirstErrorIsTheOneThatAllThreadsMeet() {
    ChannelState state = new ChannelState(Transports.pair().left(), () -> {});
    BoxStreamException first =
        new BoxStreamException(BoxStreamException.Reason.BAD_HEADER, "the first");
    assertSame(first, state.fail(first));
    IOException second = state.fail(new IOException("the second"));
    assertEquals("the first", second.getMessage());
    assertSame(first, second.getCause());

    ChannelState ended = new ChannelState(Transports.pair().left(), () -> {});
    ended.end();
    assertSame(first, ended.fail(first));
    assertEquals(ChannelState.Name.ENDED, ended.name());
  }

  @Test
  void itsStateSaysWhatBecameOfIt() throws Exception {
    ChannelPair pair = Wire.MEMORY.connect();
    assertEquals("SecretChannel[open]", pair.client().toString());
    pair.client().shutdownOutput();
    pair.server().shutdownOutput();
    assertEquals(-1, pair.client().read(ByteBuffer.allocate(1)));
    assertEquals("SecretChannel[ended]", pair.client().toString());
    assertFalse(pair.client().isOpen());
    assertEquals(-1, pair.client().read(ByteBuffer.allocate(1)), "the end can be read again");
    pair.client().close();
    assertEquals("SecretChannel[closed]", pair.client().toString());
    pair.server().close();
  }

  @Test
  void anErrorTakesEffectWhenTheReaderReachesIt() throws Exception {
    Peers.RawServer peer = Peers.RawServer.over(Transports.pair());
    ByteBuffer wire = ByteBuffer.allocate(200);
    try (Session session = peer.session();
        Boxer boxer = session.boxer()) {
      boxer.box(ByteBuffer.wrap(new byte[] {1, 2, 3}), wire);
      wire.put(new byte[34]);
      peer.transport().write(wire.flip());
      ByteBuffer received = ByteBuffer.allocate(100);
      assertEquals(3, peer.client().read(received));
      assertTrue(peer.client().isOpen());
      peer.client().write(ByteBuffer.wrap(new byte[] {4}));
      assertEquals(35, peer.transport().read(ByteBuffer.allocate(100)), "the answer arrives");
      BoxStreamException error =
          assertThrows(BoxStreamException.class, () -> peer.client().read(received));
      assertEquals(BoxStreamException.Reason.BAD_HEADER, error.reason());
      assertEquals("SecretChannel[failed]", peer.client().toString());
    }
  }

  @Test
  void aGoodbyeAndGarbageBehindTheLastBytesChangeNothingBeforeTheyAreRead() throws Exception {
    Peers.RawServer peer = Peers.RawServer.over(Transports.pair());
    ByteBuffer wire = ByteBuffer.allocate(200);
    try (Session session = peer.session();
        Boxer boxer = session.boxer()) {
      boxer.box(ByteBuffer.wrap(new byte[] {1, 2, 3}), wire);
      boxer.goodbye(wire);
      wire.put(new byte[34]);
      peer.transport().write(wire.flip());
      assertEquals(3, peer.client().read(ByteBuffer.allocate(100)));
      peer.client().write(ByteBuffer.wrap(new byte[] {4}));
      assertEquals(-1, peer.client().read(ByteBuffer.allocate(100)));
      peer.client().close();
    }
  }

  @Test
  void awaitsThePeerBehindItsGoodbye() throws Exception {
    Peers.RawServer peer = Peers.RawServer.over(Peers.tcp());
    assertThrows(IllegalStateException.class, () -> peer.client().awaitPeerGone());
    assertTrue(peer.client().isOpen());
    ByteBuffer goodbye = ByteBuffer.allocate(Boxer.GOODBYE_BYTES);
    try (Session session = peer.session();
        Boxer boxer = session.boxer()) {
      boxer.goodbye(goodbye);
    }
    peer.transport().write(goodbye.flip());
    assertEquals(-1, peer.client().read(ByteBuffer.allocate(9)));
    CompletableFuture<Thread> waiting = new CompletableFuture<>();
    Future<Boolean> gone =
        Peers.THREADS.submit(
            () -> {
              waiting.complete(Thread.currentThread());
              peer.client().awaitPeerGone();
              return true;
            });
    peer.client().write(ByteBuffer.wrap(new byte[] {1}));
    assertEquals(35, peer.transport().read(ByteBuffer.allocate(99)), "our output is still open");
    Thread thread = waiting.get();
    Waiting.until(() -> Waiting.isBelow(thread, Transports.class, "read") || gone.isDone());
    assertFalse(gone.isDone());
    peer.transport().close();
    assertTrue(gone.get(10, TimeUnit.SECONDS));
    peer.client().abort();
  }

  @Test
  void anInterruptWhileItAwaitsThePeerBehindItsGoodbyeCutsTheChannel() throws Exception {
    ChannelPair pair = Wire.SOCKET_CHANNEL.connect();
    pair.server().shutdownOutput();
    assertEquals(-1, pair.client().read(ByteBuffer.allocate(9)));
    Thread.currentThread().interrupt();
    assertThrows(ClosedByInterruptException.class, () -> pair.client().awaitPeerGone());
    assertTrue(Thread.interrupted());
    assertEquals("SecretChannel[failed]", pair.client().toString());
    assertFalse(Ending.of(pair.server()).goodbye());
  }

  @Test
  void abortsInTheMiddleOfACloseAndAfterBothGoodbyes() throws Exception {
    ChannelPair silent = Wire.SOCKET_CHANNEL.connect();
    Future<?> close = Peers.THREADS.submit(silent.client()::close);
    assertTrue(Ending.of(silent.server()).goodbye(), "the close waits for our goodbye now");
    silent.client().abort();
    assertEquals("SecretChannel[closed]", silent.client().toString());
    close.get(10, TimeUnit.SECONDS);
    silent.server().abort();

    ChannelPair ended = Wire.MEMORY.connect();
    ended.client().shutdownOutput();
    ended.server().shutdownOutput();
    assertEquals(-1, ended.client().read(ByteBuffer.allocate(1)));
    ended.client().abort();
    assertEquals("SecretChannel[closed]", ended.client().toString());
    ended.server().abort();
  }

  @Test
  void aPairOfTwoNetworksSaysSoAndAnInterruptIsOne() throws Exception {
    SecretHandshake stranger =
        SecretHandshake.builder()
            .crypto(Peers.CRYPTO)
            .network(NetworkKey.of(Peers.pattern(32)))
            .identity(Peers.BOB)
            .build();
    HandshakeException other =
        assertThrows(
            HandshakeException.class,
            () -> ChannelPair.connect(Peers.CLIENT, stranger, Peers.BOB.publicKey()));
    assertEquals(Reason.CLOSED_BY_PEER, other.reason());
    Thread.currentThread().interrupt();
    assertThrows(
        ClosedByInterruptException.class,
        () -> ChannelPair.connect(Peers.CLIENT, Peers.SERVER, Peers.BOB.publicKey()));
    assertTrue(Thread.interrupted());
  }

  @Test
  void theRemoteAddressIsKnownToHandlerAuthorizerAndListener() throws Exception {
    BlockingQueue<SocketAddress> known = new LinkedBlockingQueue<>();
    Authorizer authorizer =
        new Authorizer() {
          @Override
          public Optional<?> authorize(IdentityKey client) {
            throw new AssertionError("the form with the address comes first");
          }

          @Override
          public Optional<?> authorize(IdentityKey client, SocketAddress address) {
            known.add(address);
            return Optional.of(client).filter(Set.of(Peers.ALICE.publicKey())::contains);
          }
        };
    try (SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(authorizer)
            .handler(channel -> known.add(channel.remoteAddress().orElseThrow()))
            .listener((reason, address) -> known.add(address))
            .start(Peers.anyPort())) {
      SocketChannel friend = SocketChannel.open(server.localAddress());
      SocketAddress address = friend.getLocalAddress();
      SecretChannel channel = Peers.CLIENT.connect(friend, Peers.BOBS_KEY);
      assertEquals(Optional.of(server.localAddress()), channel.remoteAddress());
      assertEquals(address, known.take());
      assertEquals(address, known.take());
      channel.close();
      SocketChannel stranger = SocketChannel.open(server.localAddress());
      SocketAddress other = stranger.getLocalAddress();
      SecretHandshake bob = Peers.side(Peers.BOB, Duration.ofSeconds(5));
      assertThrows(HandshakeException.class, () -> bob.connect(stranger, Peers.BOBS_KEY));
      assertEquals(other, known.take());
      assertEquals(other, known.take());
    }
    assertEquals(Optional.empty(), Peers.inMemory().client().remoteAddress());
  }

  @Test
  void anErrorOfTheAuthorizerReachesTheListenerWithoutItsText() throws Exception {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    LinkageError error = new LinkageError("no class for " + Peers.ALICE.publicKey());
    try (SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(
                client -> {
                  throw error;
                })
            .handler(channel -> {})
            .listener((reason, client) -> told.complete(reason))
            .start(Peers.anyPort())) {
      assertThrows(
          HandshakeException.class,
          () -> Peers.CLIENT.connect(SocketChannel.open(server.localAddress()), Peers.BOBS_KEY));
      HandshakeException reason = assertInstanceOf(HandshakeException.class, told.get());
      assertEquals(Reason.AUTHORIZER_FAILED, reason.reason());
      assertSame(error, reason.getCause());
      assertFalse(reason.getMessage().contains(Peers.ALICE.publicKey().toString()));
    }
  }

  @Test
  void aBackendThatBreaksAsTheSessionBeginsIsReportedAsItself() {
    SecretHandshake fragile = side(new BreaksAtItsThirdBox());
    Transports.Pair transports = Transports.pair();
    Future<SecretChannel> accepted =
        Peers.THREADS.submit(() -> Peers.SERVER.accept(transports.right(), Authorizer.anyone()));
    CryptoProviderException said =
        assertThrows(
            CryptoProviderException.class,
            () -> fragile.connect(transports.left(), Peers.BOBS_KEY));
    assertTrue(said.getMessage().contains("broke while beginning a box stream"));
    assertFalse(transports.left().isOpen());
    try {
      accepted.get().abort();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static SecretHandshake side(CryptoProvider crypto) {
    return SecretHandshake.builder()
        .crypto(crypto)
        .network(NetworkKey.SCUTTLEBUTT)
        .identity(Peers.ALICE)
        .build();
  }

  /** A backend whose first two boxes, those of the handshake, work. */
  private static final class BreaksAtItsThirdBox extends DelegatingCryptoProvider {
    private int boxes;

    BreaksAtItsThirdBox() {
      super(Peers.CRYPTO);
    }

    @Override
    public SecretBox secretBox(byte[] key) {
      if (++boxes > 2) {
        throw new ArithmeticException("a cosmic ray");
      }
      return super.secretBox(key);
    }
  }

  @Test
  void dialsUnderAnIdentityOfThisDial() throws Exception {
    SecretHandshake nobody =
        SecretHandshake.builder().crypto(Peers.CRYPTO).network(NetworkKey.SCUTTLEBUTT).build();
    Transports.Pair transports = Transports.pair();
    Future<SecretChannel> accepted =
        Peers.THREADS.submit(() -> Peers.SERVER.accept(transports.right(), Authorizer.anyone()));
    try (IdentityKeyPair once = IdentityKeyPair.generate(Peers.CRYPTO);
        SecretChannel channel = nobody.connect(transports.left(), Peers.BOBS_KEY, once)) {
      assertEquals(once.publicKey(), accepted.get().peer());
      accepted.get().abort();
      assertTrue(channel.isOpen());
    }
  }

  @Test
  void listensAtInternetAddressesOnly() throws Exception {
    assertEquals(
        InetSocketAddress.class,
        SecretServer.Builder.class.getMethod("start", InetSocketAddress.class)
            .getParameterTypes()[0]);
  }
}
