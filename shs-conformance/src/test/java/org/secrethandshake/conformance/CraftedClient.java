package org.secrethandshake.conformance;

import org.secrethandshake.HandshakeException;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A client without scruples: it holds the network key and knows the server's, follows the formulas,
 * and puts into the messages whatever it likes. It computes with an honest backend.
 */
public final class CraftedClient {
  private static final byte[] SCALAR = Scene.filled(0x04);

  private final Formulas formulas;
  private final byte[] serverKey;
  private byte[] ab = new byte[CryptoProvider.POINT_BYTES];
  private byte[] aB = new byte[CryptoProvider.POINT_BYTES];

  public CraftedClient(CryptoProvider honest) {
    formulas = Scene.formulas(honest);
    serverKey = formulas.publicKey(Scene.SERVER_SEED);
  }

  /** Its true ephemeral key. */
  public byte[] point() {
    return formulas.point(SCALAR);
  }

  /** An honest hello, and the secrets agreed from its answer. */
  public void exchangeHellos(ServerHandshake server) throws HandshakeException {
    exchangeHellos(hello(), server);
  }

  /** Any hello, and the secrets agreed from its answer and the true ephemeral key. */
  public void exchangeHellos(byte[] hello, ServerHandshake server) throws HandshakeException {
    Handshakes.deliver(hello, server);
    agree(Handshakes.sent(server));
  }

  /** An honest hello. */
  public byte[] hello() {
    return formulas.hello(point());
  }

  /** The secrets agreed from a server's hello and the true ephemeral key. */
  public void agree(byte[] serverHello) {
    ab = formulas.agree(SCALAR, Formulas.pointOf(serverHello));
    aB = formulas.agree(SCALAR, formulas.curve(serverKey));
  }

  /** A hello around a point that makes both secrets zero, so that no server key need be known. */
  public void exchangeHellosAround(byte[] lowOrderPoint, ServerHandshake server)
      throws HandshakeException {
    Handshakes.deliver(formulas.hello(lowOrderPoint), server);
    Handshakes.sent(server);
  }

  /** {@code K | B_p | hash(ab)}. */
  public byte[] signed() {
    return Formulas.concat(Scene.NETWORK, serverKey, formulas.hash(ab));
  }

  /** An honest signature. */
  public byte[] signature(byte[] seed) {
    return formulas.sign(seed, signed());
  }

  /** The clientAuthenticate that claims a key with a signature. */
  public byte[] authenticate(byte[] signature, byte[] key) {
    return authenticate(Formulas.concat(signature, key));
  }

  /** The clientAuthenticate around any 96 bytes. */
  public byte[] authenticate(byte[] proof) {
    return formulas.box(formulas.hash(Scene.NETWORK, ab, aB), proof);
  }
}
