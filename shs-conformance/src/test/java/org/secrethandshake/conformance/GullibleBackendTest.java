package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.secrethandshake.conformance.Scene.CLIENT_SEED;
import static org.secrethandshake.conformance.Scene.SERVER_SEED;
import static org.secrethandshake.conformance.Scene.assertRefused;

import java.util.Arrays;
import java.util.List;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Endpoint;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * The published forgery (Cremers and Jackson, eprint 2019/526) and its parts, against a backend
 * that accepts every key, signature and shared secret: the handshake refuses them by itself.
 */
class GullibleBackendTest {
  private static final byte[] IDENTITY_POINT = UnsafeEncodings.smallOrder().get(0);

  /** X25519 points that make every shared secret zero. */
  private static final List<byte[]> LOW_ORDER =
      List.of(
          new byte[CryptoProvider.POINT_BYTES],
          UnsafeEncodings.smallOrder().get(0),
          UnsafeEncodings.smallOrder().get(1),
          UnsafeEncodings.notCanonical().get(0));

  /** Without any check, a client that does not know the server's key would be let in like this. */
  @BackendTest
  void thePublishedForgeryIsRefused(CryptoProvider crypto) throws HandshakeException {
    for (byte[] point : LOW_ORDER) {
      CraftedClient client = new CraftedClient(crypto);
      try (ServerHandshake server = Scene.server(new GullibleProvider(crypto))) {
        client.exchangeHellosAround(point, server);
        byte[] forged = Formulas.concat(IDENTITY_POINT, new byte[CryptoProvider.POINT_BYTES]);
        assertRefused(Reason.LOW_ORDER, client.authenticate(forged, IDENTITY_POINT), server);
      }
    }
  }

  @BackendTest
  void aServersLowOrderEphemeralIsRefused(CryptoProvider crypto) {
    for (byte[] point : LOW_ORDER) {
      try (ClientHandshake client = Scene.client(new GullibleProvider(crypto))) {
        Handshakes.sent(client);
        assertRefused(Reason.LOW_ORDER, Scene.formulas(crypto).hello(point), client);
      }
    }
  }

  @BackendTest
  void aClientKeyOfUnsafeEncodingIsRefused(CryptoProvider crypto) throws HandshakeException {
    for (byte[] key : UnsafeEncodings.points()) {
      CraftedClient client = new CraftedClient(crypto);
      try (ServerHandshake server = Scene.server(new GullibleProvider(crypto))) {
        client.exchangeHellos(server);
        byte[] signature = client.signature(CLIENT_SEED);
        assertRefused(Reason.INVALID_KEY, client.authenticate(signature, key), server);
      }
    }
  }

  @BackendTest
  void aServerKeyOfUnsafeEncodingCannotBeDialled(CryptoProvider crypto) {
    try (Endpoint local =
        Handshakes.local(new GullibleProvider(crypto), Scene.NETWORK, CLIENT_SEED)) {
      for (byte[] key : UnsafeEncodings.points()) {
        assertThrows(IllegalArgumentException.class, () -> local.serverKey(IdentityKey.of(key)));
      }
    }
  }

  @BackendTest
  void aClientSignatureOfUnsafeEncodingIsRefused(CryptoProvider crypto) throws HandshakeException {
    byte[] key = Scene.formulas(crypto).publicKey(CLIENT_SEED);
    for (byte[] r : UnsafeEncodings.points()) {
      CraftedClient client = new CraftedClient(crypto);
      try (ServerHandshake server = Scene.server(new GullibleProvider(crypto))) {
        client.exchangeHellos(server);
        byte[] signature = withR(r, client.signature(CLIENT_SEED));
        assertRefused(Reason.BAD_CLIENT_AUTH, client.authenticate(signature, key), server);
      }
    }
    CraftedClient client = new CraftedClient(crypto);
    try (ServerHandshake server = Scene.server(new GullibleProvider(crypto))) {
      client.exchangeHellos(server);
      byte[] signature = UnsafeEncodings.plusL(client.signature(CLIENT_SEED));
      assertRefused(Reason.BAD_CLIENT_AUTH, client.authenticate(signature, key), server);
    }
  }

  @BackendTest
  void aServerSignatureOfUnsafeEncodingIsRefused(CryptoProvider crypto) throws HandshakeException {
    for (byte[] r : UnsafeEncodings.points()) {
      CraftedServer server = new CraftedServer(crypto);
      try (ClientHandshake client = Scene.client(new GullibleProvider(crypto))) {
        server.meet(client);
        byte[] signature = withR(r, server.signature(SERVER_SEED));
        assertRefused(Reason.BAD_SERVER_ACCEPT, server.accept(signature), client);
      }
    }
    CraftedServer server = new CraftedServer(crypto);
    try (ClientHandshake client = Scene.client(new GullibleProvider(crypto))) {
      server.meet(client);
      byte[] signature = UnsafeEncodings.plusL(server.signature(SERVER_SEED));
      assertRefused(Reason.BAD_SERVER_ACCEPT, server.accept(signature), client);
    }
  }

  /** The counterpart: what the crafted peers send is refused for its encodings and nothing else. */
  @BackendTest
  void theCraftedPeersAreAcceptedWhenTheyAreHonest(CryptoProvider crypto)
      throws HandshakeException {
    CraftedClient client = new CraftedClient(crypto);
    byte[] key = Scene.formulas(crypto).publicKey(CLIENT_SEED);
    try (ServerHandshake ours = Scene.server(crypto)) {
      client.exchangeHellos(ours);
      Handshakes.deliver(client.authenticate(client.signature(CLIENT_SEED), key), ours);
      assertEquals(Handshake.Step.AUTHORIZE, ours.step());
    }
    CraftedServer server = new CraftedServer(crypto);
    try (ClientHandshake ours = Scene.client(crypto)) {
      server.meet(ours);
      Handshakes.deliver(server.accept(server.signature(SERVER_SEED)), ours);
      assertEquals(Handshake.Step.DONE, ours.step());
    }
  }

  private static byte[] withR(byte[] r, byte[] signature) {
    return Formulas.concat(r, Arrays.copyOfRange(signature, r.length, signature.length));
  }
}
