package org.secrethandshake.conformance;

import org.secrethandshake.HandshakeException;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A server without scruples: it owns the key that was dialled, follows the formulas, and signs
 * serverAccept with whatever it likes. It computes with an honest backend.
 */
public final class CraftedServer {
  private static final byte[] SCALAR = Scene.filled(0x05);

  private final Formulas formulas;
  private byte[] ab = new byte[CryptoProvider.POINT_BYTES];
  private byte[] authentication = new byte[0];
  private byte[] boxKey = new byte[0];

  public CraftedServer(CryptoProvider honest) {
    formulas = Scene.formulas(honest);
  }

  /** Its true ephemeral key. */
  public byte[] point() {
    return formulas.point(SCALAR);
  }

  /** Takes a client to the point where it awaits serverAccept. */
  public void meet(ClientHandshake client) throws HandshakeException {
    meet(formulas.hello(point()), client);
  }

  /** The same with any hello; one that the client misunderstands leaves an empty authentication. */
  public void meet(byte[] hello, ClientHandshake client) throws HandshakeException {
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

  /** {@code K | H | hash(ab)}. */
  public byte[] signed() {
    return Formulas.concat(Scene.NETWORK, authentication, formulas.hash(ab));
  }

  /** An honest signature. */
  public byte[] signature(byte[] seed) {
    return formulas.sign(seed, signed());
  }

  /** The serverAccept that holds a signature. */
  public byte[] accept(byte[] signature) {
    return formulas.box(boxKey, signature);
  }
}
