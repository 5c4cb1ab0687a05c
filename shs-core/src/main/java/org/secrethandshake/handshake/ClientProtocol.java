package org.secrethandshake.handshake;

import static org.secrethandshake.handshake.Bytes.concat;
import static org.secrethandshake.handshake.Notation.nonceOf;
import static org.secrethandshake.handshake.Notation.requireNotReflected;

import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.handshake.Secrets.Secret;
import org.secrethandshake.spi.CryptoProvider;

/**
 * The client's side of the protocol (protocol guide, "Handshake"): one method for each message, to
 * be called in their order, each once. The names are the guide's:
 *
 * <pre>
 *   K           the network key
 *   a, a_p      our ephemeral key pair
 *   A, A_p      our identity
 *   b_p         the server's ephemeral key
 *   B_p         the server's identity, which we dial
 *   ab, aB, Ab  the shared secrets
 *   H           what we say of ourselves in clientAuthenticate
 * </pre>
 *
 * <p>Whoever creates one closes it, which wipes all of its secrets.
 */
final class ClientProtocol implements AutoCloseable {
  private final Secrets secrets = new Secrets();
  private final Notation n;
  private final IdentityKeyPair identity;
  private final ServerKey server;
  private final byte[] A_p;
  private final byte[] B_p;
  private final Secret K;
  private final Secret a = secrets.secret("a");
  private final Secret ab = secrets.secret("ab");
  private final Secret aB = secrets.secret("aB");
  private final Secret H = secrets.secret("H");
  private byte[] clientHello = {};
  private byte[] serverHello = {};
  private byte[] a_p = {};
  private byte[] b_p = {};

  /** Takes over the network key and the identity. */
  ClientProtocol(
      CryptoProvider crypto, byte[] networkKey, IdentityKeyPair identity, ServerKey server) {
    this.n = new Notation(crypto, secrets);
    this.K = secrets.secret("K", networkKey);
    this.identity = identity;
    this.server = server;
    this.A_p = identity.publicKey().bytes();
    this.B_p = server.key().bytes();
  }

  /** Makes clientHello: that we hold the network key, and nothing more. */
  byte[] clientHello() {
    a.agree(n.randomScalar());
    a_p = n.point(a.get());
    // auth_K(a_p) | a_p
    clientHello = concat(n.auth(K.get(), a_p), a_p);
    return clientHello;
  }

  /** Takes serverHello and makes clientAuthenticate: our identity, for that server only. */
  byte[] clientAuthenticate(byte[] serverHello) throws HandshakeException {
    // serverHello = auth_K(b_p) | b_p, as every deployed implementation makes it; the design paper
    // keys its tag with K | ab.
    this.serverHello = serverHello;
    b_p = n.ephemeralOf(serverHello, Message.SERVER_HELLO, K.get());
    requireNotReflected(b_p, a_p);

    // ab = x25519(a, b_p), aB = x25519(a, curve(B_p))
    ab.agree(n.x25519(a.get(), b_p));
    aB.agree(n.x25519(a.get(), server.point()));

    // H = sign_A(K | B_p | hash(ab)) | A_p
    H.agree(concat(n.sign(identity, K.get(), B_p, n.hash(ab.get())), A_p));

    // box[hash(K | ab | aB)](nonce 0)(H)
    return n.box(n.hash(K.get(), ab.get(), aB.get()), H.get());
  }

  /** Takes serverAccept, and with it the session: the server is the one that we dialled. */
  SessionKeys sessionKeys(byte[] serverAccept) throws HandshakeException {
    // Ab = x25519(curve(A), b_p)
    byte[] Ab = n.x25519(n.curve(identity), b_p);

    // serverAccept = box[hash(K | ab | aB | Ab)](nonce 0)(sign_B(K | H | hash(ab)))
    byte[] agreed = n.hash(K.get(), ab.get(), aB.get(), Ab);
    byte[] signature =
        n.unbox(agreed, serverAccept)
            .orElseThrow(
                () ->
                    badServerAccept(
                        "The serverAccept is not authentic: it was altered on its way, or made by"
                            + " somebody who is not the server that we dialled."));
    if (!n.isSignature(signature, server.verifyKey(), K.get(), H.get(), n.hash(ab.get()))) {
      throw badServerAccept(
          "The signature in serverAccept is not valid: whoever answered does not own the server key"
              + " that we dialled.");
    }

    // s = hash(hash(K | ab | aB | Ab)); a direction's key is hash(s | its receiver's public key)
    byte[] s = n.hash(agreed);
    return new SessionKeys(
        n.hash(s, B_p), nonceOf(serverHello), n.hash(s, A_p), nonceOf(clientHello));
  }

  private static HandshakeException badServerAccept(String message) {
    return new HandshakeException(Reason.BAD_SERVER_ACCEPT, message);
  }

  @Override
  public void close() {
    secrets.close();
    identity.close();
  }
}
