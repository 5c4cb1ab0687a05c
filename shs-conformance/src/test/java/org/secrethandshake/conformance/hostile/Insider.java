package org.secrethandshake.conformance.hostile;

import org.secrethandshake.HandshakeException;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A member of the network with an identity and an ephemeral key of its own, who makes by the
 * formulas whatever it sends. It may be a thief, whose identity is stolen.
 */
final class Insider {
  /** Its ephemeral secret. */
  static final byte[] SCALAR = Scene.filled(0x06);

  private final Formulas formulas;
  private final byte[] seed;
  private final byte[] scalar;

  Insider(Formulas formulas, byte[] seed, byte[] scalar) {
    this.formulas = formulas;
    this.seed = seed;
    this.scalar = scalar;
  }

  /** In the network of the scene. */
  static Insider of(CryptoProvider crypto, byte[] seed) {
    return new Insider(Scene.formulas(crypto), seed, SCALAR);
  }

  /** Its identity. */
  byte[] key() {
    return formulas.publicKey(seed);
  }

  byte[] hello() {
    return formulas.hello(formulas.point(scalar));
  }

  /** Sends its hello to a server and takes the answer. */
  byte[] helloOf(ServerHandshake server) throws HandshakeException {
    Handshakes.deliver(hello(), server);
    return Handshakes.sent(server);
  }

  /** Takes a client's hello, answers it, and takes the client's clientAuthenticate, too. */
  Met meet(ClientHandshake client) throws HandshakeException {
    byte[] clientHello = Handshakes.sent(client);
    Handshakes.deliver(hello(), client);
    return new Met(clientHello, Handshakes.sent(client));
  }

  /** What a client has sent. */
  record Met(byte[] hello, byte[] authenticate) {}

  /** What it says of itself as a client. */
  Proof asClient(byte[] serverHello, byte[] serverKey) {
    return Proof.ofClient(formulas, seed, scalar, serverHello, serverKey);
  }

  /** {@code H} of a client that has dialled its key. */
  byte[] read(Met client) {
    byte[] a = Formulas.pointOf(client.hello());
    byte[] key =
        formulas.hash(
            formulas.network(),
            formulas.agree(scalar, a),
            formulas.agree(formulas.scalar(seed), a));
    return formulas.open(key, client.authenticate()).orElseThrow();
  }

  /** The signature of a server that has let it in. */
  byte[] readAccept(byte[] serverHello, byte[] serverKey, byte[] serverAccept) {
    byte[] b = Formulas.pointOf(serverHello);
    byte[] key =
        formulas.hash(
            formulas.network(),
            formulas.agree(scalar, b),
            formulas.agree(scalar, formulas.curve(serverKey)),
            formulas.agree(formulas.scalar(seed), b));
    return formulas.open(key, serverAccept).orElseThrow();
  }

  /** What it says of itself as a server that has read {@code H}, or knows it. */
  Proof asServer(byte[] clientHello, byte[] clientProof) {
    return Proof.ofServer(formulas, seed, scalar, clientHello, clientProof);
  }
}
