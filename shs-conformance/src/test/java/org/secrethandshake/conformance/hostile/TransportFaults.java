package org.secrethandshake.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.Transports;
import org.secrethandshake.conformance.Backends;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.conformance.WatchedSecrets;
import org.secrethandshake.conformance.hostile.FaultyTransport.Direction;
import org.secrethandshake.spi.CryptoProvider;

/**
 * The transport breaks at each byte of a whole conversation: handshake, a text each way, and both
 * goodbyes. Each time our side says what happened, closes the transport and wipes its secrets, and
 * neither side takes a part for the whole. The backends share the bytes among them.
 */
final class TransportFaults {
  private static final byte[] OUR_TEXT =
      "not a word of this is lost".getBytes(StandardCharsets.UTF_8);
  private static final byte[] THEIR_TEXT = "nor of this".getBytes(StandardCharsets.UTF_8);
  private static final long SECONDS = 60;

  private enum Role {
    CLIENT,
    SERVER
  }

  /**
   * What a side has seen.
   *
   * @param opened whether the handshake succeeded
   * @param text what was received
   * @param wasWhole whether the peer's goodbye was received
   * @param failure what was thrown
   */
  private record Seen(boolean opened, String text, boolean wasWhole, @Nullable Throwable failure) {}

  private TransportFaults() {}

  static List<Attack> attacks() {
    List<Attack> faults = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      for (Role role : Role.values()) {
        faults.add(
            new Attack(
                "a transport that " + fault + ", at every byte of a conversation",
                role.name().toLowerCase(Locale.ROOT),
                (crypto, outcomes) -> breaksAtEachByte(role, crypto, fault, outcomes)));
      }
    }
    return faults;
  }

  private static void breaksAtEachByte(
      Role role, CryptoProvider crypto, Fault fault, Outcomes outcomes) throws Exception {
    Transports.Pair whole = Transports.pair();
    FaultyTransport sound = FaultyTransport.sound(whole.left());
    Seen seen = converse(role, crypto, sound, whole.right());
    assertNull(seen.failure());
    assertEquals(text(THEIR_TEXT), seen.text());

    List<String> backends = Backends.list().stream().map(CryptoProvider::name).toList();
    int own = backends.indexOf(crypto.name());
    for (Direction direction : Direction.values()) {
      for (int at = own; at < sound.passed(direction); at += backends.size()) {
        if (direction == Direction.READ || fault != Fault.ENDS) {
          outcomes.add(breaksAt(role, crypto, fault, direction, at));
        }
      }
    }
  }

  /** Returns what our side was told. */
  private static String breaksAt(
      Role role, CryptoProvider crypto, Fault fault, Direction direction, int at) throws Exception {
    String where = "%s: %s %s %d".formatted(role, fault, direction, at);
    WatchedSecrets watched = new WatchedSecrets(crypto);
    Transports.Pair pair = Transports.pair();
    FaultyTransport transport = new FaultyTransport(pair.left(), fault, direction, at);

    Seen ours = converse(role, watched, transport, pair.right());

    assertFalse(transport.isOpen(), () -> where + " leaves the transport open");
    assertTrue(text(THEIR_TEXT).startsWith(ours.text()), where);
    assertTrue(!ours.wasWhole() || ours.text().equals(text(THEIR_TEXT)), where);
    watched.assertWiped(where);
    return told(fault, ours, where);
  }

  private static String told(Fault fault, Seen ours, String where) {
    Throwable failure = ours.failure();
    switch (fault) {
      case FAILS, IS_CLOSED, ENDS -> {
        if (ours.opened()) {
          BoxStreamException.Reason reason =
              assertInstanceOf(BoxStreamException.class, failure, where).reason();
          assertEquals(
              fault == Fault.ENDS
                  ? BoxStreamException.Reason.TRUNCATED
                  : BoxStreamException.Reason.TRANSPORT,
              reason,
              where);
          return "`%s` in the box stream".formatted(reason);
        }
        HandshakeException.Reason reason =
            assertInstanceOf(HandshakeException.class, failure, where).reason();
        assertEquals(
            fault == Fault.ENDS
                ? HandshakeException.Reason.CLOSED_BY_PEER
                : HandshakeException.Reason.TRANSPORT,
            reason,
            where);
        return "`%s` in the handshake".formatted(reason);
      }
      case RETURNS_ZERO -> assertInstanceOf(IllegalBlockingModeException.class, failure, where);
      case THROWS -> assertInstanceOf(UnsupportedOperationException.class, failure, where);
      case RUNS_OUT_OF_MEMORY -> assertInstanceOf(OutOfMemoryError.class, failure, where);
    }
    return "`%s`".formatted(failure.getClass().getSimpleName());
  }

  /** Lets our side converse with an honest peer, of which no part may be taken for the whole. */
  private static Seen converse(
      Role role, CryptoProvider crypto, ByteChannel ours, ByteChannel theirs) throws Exception {
    Role other = role == Role.CLIENT ? Role.SERVER : Role.CLIENT;
    CompletableFuture<Seen> peer =
        CompletableFuture.supplyAsync(() -> side(other, crypto, theirs, THEIR_TEXT));
    Seen seen = side(role, crypto, ours, OUR_TEXT);
    Seen peers = peer.get(SECONDS, TimeUnit.SECONDS);
    assertTrue(text(OUR_TEXT).startsWith(peers.text()), "the peer received something else");
    assertTrue(
        !peers.wasWhole() || peers.text().equals(text(OUR_TEXT)), "the peer took a part for all");
    return seen;
  }

  private static Seen side(Role role, CryptoProvider crypto, ByteChannel transport, byte[] words) {
    ByteBuffer received = ByteBuffer.allocate(OUR_TEXT.length + THEIR_TEXT.length);
    boolean opened = false;
    try (SecretHandshake shs = configured(role, crypto);
        SecretChannel channel = open(role, crypto, shs, transport)) {
      opened = true;
      channel.write(ByteBuffer.wrap(words));
      channel.shutdownOutput();
      while (channel.read(received) >= 0) {}
      return new Seen(true, text(received), true, null);
    } catch (IOException | RuntimeException | Error e) {
      return new Seen(opened, text(received), false, e);
    }
  }

  private static SecretHandshake configured(Role role, CryptoProvider crypto) {
    byte[] seed = role == Role.CLIENT ? Scene.CLIENT_SEED : Scene.SERVER_SEED;
    try (IdentityKeyPair identity = IdentityKeyPair.fromSeed(crypto, seed.clone())) {
      return SecretHandshake.builder()
          .crypto(crypto)
          .network(NetworkKey.of(Scene.NETWORK))
          .identity(identity)
          .build();
    }
  }

  private static SecretChannel open(
      Role role, CryptoProvider crypto, SecretHandshake shs, ByteChannel transport)
      throws IOException {
    if (role == Role.SERVER) {
      return shs.accept(transport, Authorizer.anyone());
    }
    byte[] serverKey = Scene.formulas(crypto).publicKey(Scene.SERVER_SEED.clone());
    return shs.connect(transport, shs.serverKey(IdentityKey.of(serverKey)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer received) {
    return new String(received.array(), 0, received.position(), StandardCharsets.UTF_8);
  }
}
