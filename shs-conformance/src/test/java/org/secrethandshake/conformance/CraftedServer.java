package org.secrethandshake.conformance;

import java.util.Arrays;
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

  /** Takes an honest client to the point where it awaits serverAccept. */
  void meet(ClientHandshake client) throws HandshakeException {
    byte[] theirs = Formulas.pointOf(Handshakes.sent(client));
    Handshakes.deliver(formulas.hello(formulas.point(SCALAR)), client);
    ab = formulas.agree(SCALAR, theirs);
    byte[] aB = formulas.agree(formulas.scalar(Scene.SERVER_SEED), theirs);
    authentication =
        formulas.open(formulas.hash(Scene.NETWORK, ab, aB), Handshakes.sent(client)).orElseThrow();
    byte[] clientKey =
        Arrays.copyOfRange(authentication, CryptoProvider.SIGNATURE_BYTES, authentication.length);
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
