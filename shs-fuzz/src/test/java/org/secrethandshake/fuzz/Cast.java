package org.secrethandshake.fuzz;

import java.util.Arrays;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Endpoint;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/**
 * The fixed cast of all targets: one network, an honest client and an honest server of whom every
 * secret is known, so that each message and each key of theirs is always the same.
 */
final class Cast {
  static final byte[] NETWORK = filled(0x01);
  static final byte[] CLIENT_SEED = filled(0x02);
  static final byte[] SERVER_SEED = filled(0x03);
  static final byte[] CLIENT_SCALAR = filled(0x04);
  static final byte[] SERVER_SCALAR = filled(0x05);

  /** What to compute expectations with: not the backend that the handshakes use. */
  static final Formulas FORMULAS = new Formulas(Backends.portable());

  static final byte[] CLIENT_KEY = FORMULAS.publicKey(CLIENT_SEED);
  static final byte[] SERVER_KEY = FORMULAS.publicKey(SERVER_SEED);
  static final byte[] CLIENT_POINT = FORMULAS.point(CLIENT_SCALAR);
  static final byte[] SERVER_POINT = FORMULAS.point(SERVER_SCALAR);

  private static final Endpoint CLIENT = endpoint(CLIENT_SEED, CLIENT_SCALAR);
  private static final Endpoint SERVER = endpoint(SERVER_SEED, SERVER_SCALAR);
  private static final ServerKey DIALLED = CLIENT.serverKey(IdentityKey.of(SERVER_KEY));

  /** What the two say to each other when nobody meddles. */
  static final Transcript HONEST = transcript();

  /** The four messages of a handshake. */
  record Transcript(
      byte[] clientHello, byte[] serverHello, byte[] clientAuthenticate, byte[] serverAccept) {}

  private Cast() {}

  static ClientHandshake client() {
    return CLIENT.client(DIALLED);
  }

  static ServerHandshake server() {
    return SERVER.server();
  }

  private static Transcript transcript() {
    try (ClientHandshake client = client();
        ServerHandshake server = server()) {
      byte[] clientHello = Delivery.sent(client);
      Delivery.whole(clientHello).message(server);
      byte[] serverHello = Delivery.sent(server);
      Delivery.whole(serverHello).message(client);
      byte[] clientAuthenticate = Delivery.sent(client);
      Delivery.whole(clientAuthenticate).message(server);
      server.accept();
      return new Transcript(clientHello, serverHello, clientAuthenticate, Delivery.sent(server));
    } catch (HandshakeException e) {
      throw new AssertionError("the honest refuse each other", e);
    }
  }

  private static Endpoint endpoint(byte[] seed, byte[] scalar) {
    CryptoProvider crypto =
        new DelegatingCryptoProvider(Backends.fastest()) {
          @Override
          public void randomBytes(byte[] out) {
            System.arraycopy(scalar, 0, out, 0, scalar.length);
          }
        };
    try (IdentityKeyPair identity = IdentityKeyPair.fromSeed(crypto, seed)) {
      return new Endpoint(crypto, NetworkKey.of(NETWORK), identity);
    }
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[CryptoProvider.SEED_BYTES];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
