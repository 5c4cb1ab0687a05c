package org.secrethandshake.handshake;

import static org.secrethandshake.handshake.Bytes.concat;
import static org.secrethandshake.handshake.Notation.curve;
import static org.secrethandshake.handshake.Notation.nonceOf;
import static org.secrethandshake.handshake.Notation.requireNotReflected;
import static org.secrethandshake.handshake.Notation.tail;

import java.util.Arrays;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.handshake.Secrets.Secret;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.VerifyKey;

/**
 * The server's side of the protocol (protocol guide, "Handshake"): one method for each message, to
 * be called in their order, each once. The names are the guide's:
 *
 * <pre>
 *   K           the network key
 *   b, b_p      our ephemeral key pair
 *   B, B_p      our identity
 *   a_p         the client's ephemeral key
 *   A_p         the client's identity, which we learn from clientAuthenticate
 *   ab, aB, Ab  the shared secrets
 *   H           what the client says of itself in clientAuthenticate
 * </pre>
 *
 * <p>Whoever creates one closes it, which wipes all of its secrets.
 */
final class ServerProtocol implements AutoCloseable {
  private final Secrets secrets = new Secrets();
  private final Notation n;
  private final CryptoProvider crypto;
  private final IdentityKeyPair identity;
  private final byte[] B_p;
  private final Secret K;
  private final Secret b = secrets.secret("b");
  private final Secret ab = secrets.secret("ab");
  private final Secret H = secrets.secret("H");
  private final Secret agreed = secrets.secret("hash(K | ab | aB | Ab)");
  private byte[] clientHello = {};
  private byte[] serverHello = {};
  private byte[] a_p = {};
  private byte[] b_p = {};
  private byte[] A_p = {};

  /** Takes over the network key and the identity. */
  ServerProtocol(CryptoProvider crypto, byte[] networkKey, IdentityKeyPair identity) {
    this.n = new Notation(crypto, secrets);
    this.crypto = crypto;
    this.K = secrets.secret("K", networkKey);
    this.identity = identity;
    this.B_p = identity.publicKey().bytes();
  }

  /** Takes clientHello and makes serverHello: that we hold the network key, too. */
  byte[] serverHello(byte[] clientHello) throws HandshakeException {
    // clientHello = auth_K(a_p) | a_p
    this.clientHello = clientHello;
    a_p = n.ephemeralOf(clientHello, Message.CLIENT_HELLO, K.get());

    b.agree(n.randomScalar());
    b_p = n.point(b.get());
    // auth_K(b_p) | b_p, as every deployed implementation makes it; the design paper keys the tag
    // with K | ab.
    serverHello = concat(n.auth(K.get(), b_p), b_p);
    return serverHello;
  }

  /**
   * Takes clientAuthenticate, which tells and proves who the client is. All that the client can
   * make fail is done here, so that {@link #serverAccept} cannot fail because of it.
   */
  IdentityKey clientKey(byte[] clientAuthenticate) throws HandshakeException {
    requireNotReflected(a_p, b_p);
    // ab = x25519(b, a_p), aB = x25519(curve(B), a_p)
    ab.agree(n.x25519(b.get(), a_p));
    byte[] aB = n.x25519(n.curve(identity), a_p);

    // clientAuthenticate = box[hash(K | ab | aB)](nonce 0)(H)
    H.agree(
        n.unbox(n.hash(K.get(), ab.get(), aB), clientAuthenticate)
            .orElseThrow(
                () ->
                    badClientAuth(
                        "The clientAuthenticate is not authentic: the client dialled another server"
                            + " key than ours, or the message was altered on its way.")));

    // H = sign_A(K | B_p | hash(ab)) | A_p
    byte[] signature = secrets.keep(Arrays.copyOf(H.get(), CryptoProvider.SIGNATURE_BYTES));
    A_p = tail(H.get(), CryptoProvider.SIGNATURE_BYTES);
    VerifyKey client =
        Encodings.validKey(crypto, A_p)
            .orElseThrow(
                () ->
                    new HandshakeException(
                        Reason.INVALID_KEY,
                        "The public key in clientAuthenticate is not a valid Ed25519 key, which no"
                            + " honest client sends."));
    if (!n.isSignature(signature, client, K.get(), B_p, n.hash(ab.get()))) {
      throw badClientAuth(
          "The signature in clientAuthenticate is not valid: the client does not own the key that"
              + " it claims.");
    }

    // Ab = x25519(b, curve(A_p))
    byte[] Ab = n.x25519(b.get(), curve(client));
    agreed.agree(n.hash(K.get(), ab.get(), aB, Ab));
    return IdentityKey.of(A_p);
  }

  /** Makes serverAccept: our identity, proved, for a client that is let in. */
  byte[] serverAccept() {
    // box[hash(K | ab | aB | Ab)](nonce 0)(sign_B(K | H | hash(ab)))
    return n.box(agreed.get(), n.sign(identity, K.get(), H.get(), n.hash(ab.get())));
  }

  /** The session, which begins behind serverAccept. */
  SessionKeys sessionKeys() {
    // s = hash(hash(K | ab | aB | Ab)); a direction's key is hash(s | its receiver's public key)
    byte[] s = n.hash(agreed.get());
    return new SessionKeys(
        n.hash(s, A_p), nonceOf(clientHello), n.hash(s, B_p), nonceOf(serverHello));
  }

  private static HandshakeException badClientAuth(String message) {
    return new HandshakeException(Reason.BAD_CLIENT_AUTH, message);
  }

  @Override
  public void close() {
    secrets.close();
    identity.close();
  }
}
