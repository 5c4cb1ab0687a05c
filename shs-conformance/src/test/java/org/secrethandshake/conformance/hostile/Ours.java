package org.secrethandshake.conformance.hostile;

import java.util.List;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.conformance.GullibleProvider;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Endpoint;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Our two sides of the scene, each with one configuration for all of its handshakes. Nobody closes
 * them, because the keys of the scene are no secrets.
 */
final class Ours {
  private final Endpoint client;
  private final ServerKey dialled;
  private final Endpoint server;

  Ours(CryptoProvider crypto) {
    client = Handshakes.local(crypto, Scene.NETWORK, Scene.CLIENT_SEED);
    dialled = client.serverKey(IdentityKey.of(Scene.formulas(crypto).publicKey(Scene.SERVER_SEED)));
    server = Handshakes.local(crypto, Scene.NETWORK, Scene.SERVER_SEED);
  }

  /**
   * With the backend as it is, and with one that checks nothing, where our own code must refuse.
   */
  static List<Ours> credulousToo(CryptoProvider crypto) {
    return List.of(new Ours(crypto), new Ours(new GullibleProvider(crypto)));
  }

  ClientHandshake client() {
    return client.client(dialled);
  }

  ServerHandshake server() {
    return server.server();
  }

  Endpoint clientEndpoint() {
    return client;
  }
}
