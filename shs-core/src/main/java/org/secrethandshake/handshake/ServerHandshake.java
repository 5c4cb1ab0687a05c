package org.secrethandshake.handshake;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.VerifyKey;

/**
 * The server's side: it learns who the client is from clientAuthenticate and decides, before it
 * shows anything of its own identity, whether to let it in.
 *
 * <pre>
 *   RECEIVE    clientHello          the client holds the network key
 *   SEND       serverHello          so do we
 *   RECEIVE    clientAuthenticate   the client's identity, meant for us
 *   AUTHORIZE  {@link #accept()} or {@link #refuse()}
 *   SEND       serverAccept         our identity, proved
 *   DONE
 * </pre>
 */
public final class ServerHandshake extends Handshake {
  private @Nullable IdentityKey client;

  ServerHandshake(Local local) {
    super(local, KeySchedule::ofServer);
    receiveNext(Message.CLIENT_HELLO);
  }

  /**
   * Returns the client's identity, which it has proved.
   *
   * @throws IllegalStateException unless in step {@code AUTHORIZE}
   */
  public IdentityKey clientKey() {
    require(Step.AUTHORIZE);
    return known(client);
  }

  /**
   * Lets the client in: serverAccept is ready to be sent.
   *
   * @throws IllegalStateException unless in step {@code AUTHORIZE}
   */
  public void accept() {
    require(Step.AUTHORIZE);
    guarded(() -> sendNext(Message.SERVER_ACCEPT, serverAccept()));
  }

  /**
   * Refuses the client: this handshake is dead, and the caller closes the transport without a word.
   *
   * @throws IllegalStateException unless in step {@code AUTHORIZE}
   */
  public void refuse() {
    require(Step.AUTHORIZE);
    close();
  }

  @Override
  void received(Message message, byte[] bytes) throws HandshakeException {
    if (message == Message.CLIENT_HELLO) {
      verifyHello(bytes);
      sendNext(Message.SERVER_HELLO, drawHello());
    } else {
      keys().agreeEphemerals(theirEphemeralKey());
      keys().agreeServerIdentity(theirEphemeralKey());
      verifyClientAuthenticate(bytes);
      authorizeNext();
    }
  }

  @Override
  void sent(Message message) {
    if (message == Message.SERVER_HELLO) {
      receiveNext(Message.CLIENT_AUTHENTICATE);
    } else {
      guarded(() -> done(known(client)));
    }
  }

  /** Opens {@code H = sign_A(K | B_p | hash(ab)) | A_p}, and verifies all that it claims. */
  private void verifyClientAuthenticate(byte[] bytes) throws HandshakeException {
    keepAuthentication(
        ZeroNonceBox.open(keys().clientAuthenticateBox(), bytes)
            .orElseThrow(
                () ->
                    badClientAuth(
                        "The clientAuthenticate is not authentic: the client dialled another server"
                            + " key than ours, or the message was altered on its way.")));
    IdentityKey claimed =
        IdentityKey.of(
            Arrays.copyOfRange(
                authentication(), CryptoProvider.SIGNATURE_BYTES, authentication().length));
    VerifyKey verifyKey =
        local()
            .validKey(claimed)
            .orElseThrow(
                () ->
                    new HandshakeException(
                        Reason.INVALID_KEY,
                        "The public key in clientAuthenticate is not a valid Ed25519 key, which no"
                            + " honest client sends."));
    verifySignature(verifyKey);
    keys().agreeClientIdentity(point(verifyKey));
    client = claimed;
  }

  private void verifySignature(VerifyKey verifyKey) throws HandshakeException {
    byte[] signature = Arrays.copyOf(authentication(), CryptoProvider.SIGNATURE_BYTES);
    byte[] signed = keys().clientSigned(identity().publicKey().bytes());
    if (!verify(verifyKey, signed, signature)) {
      throw badClientAuth(
          "The signature in clientAuthenticate is not valid: the client does not own the key that it"
              + " claims.");
    }
  }

  /** {@code box[hash(K|ab|aB|Ab)](nonce 0)(sign_B(K | H | hash(ab)))}. */
  private byte[] serverAccept() {
    byte[] signature = sign(keys().serverSigned(authentication()));
    return ZeroNonceBox.seal(keys().serverAcceptBox(), signature);
  }

  private static byte[] point(VerifyKey key) {
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    key.point(point);
    return point;
  }

  private static HandshakeException badClientAuth(String message) {
    return new HandshakeException(Reason.BAD_CLIENT_AUTH, message);
  }
}
