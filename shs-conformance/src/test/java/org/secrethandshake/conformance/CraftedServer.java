package org.secrethandshake.conformance;

import org.secrethandshake.HandshakeException;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A server without scruples: it owns the key that was dialled, follows the formulas, and signs
 * serverAccept with whatever it likes. It computes with an honest backend.
 */
final class CraftedServer {
  private static final byte[] SCALAR = Scene.filled(0x05);

  private final Formulas formulas;
  private byte[] ab = new byte[CryptoProvider.POINT_BYTES];
  private byte[] authentication = new byte[0];
  private byte[] boxKey = new byte[0];

  CraftedServer(CryptoProvider honest) {
    formulas = Scene.formulas(honest);
  }

  /** Its true ephemeral key. */
  byte[] point() {
    return formulas.point(SCALAR);
  }

  /** Takes a client to the point where it awaits serverAccept. */
  void meet(ClientHandshake client) throws HandshakeException {
    meet(formulas.hello(point()), client);
  }

  /** The same with any hello; one that the client misunderstands leaves an empty authentication. */
  void meet(byte[] hello, ClientHandshake client) throws HandshakeException {
    byte[] theirs = Formulas.pointOf(Handshakes.sent(client));
    Handshakes.deliver(hello, client);
    ab = formulas.agree(SCALAR, theirs);
    byte[] aB = formulas.agree(formulas.scalar(Scene.SERVER_SEED), theirs);
    authentication =
        formulas
            .open(formulas.hash(Scene.NETWORK, ab, aB), Handshakes.sent(client))
            .orElse(new byte[0]);
    byte[] clientKey = formulas.publicKey(Scene.CLIENT_SEED);
    byte[] Ab = formulas.agree(SCALAR, formulas.curve(clientKey));
    boxKey = formulas.hash(Scene.NETWORK, ab, aB, Ab);
  }

  /** An honest signature of {@code K | H | hash(ab)}. */
  byte[] signature(byte[] seed) {
    return formulas.sign(seed, Formulas.concat(Scene.NETWORK, authentication, formulas.hash(ab)));
  }

  /** The serverAccept that holds a signature. */
  byte[] accept(byte[] signature) {
    return formulas.box(boxKey, signature);
  }
}
