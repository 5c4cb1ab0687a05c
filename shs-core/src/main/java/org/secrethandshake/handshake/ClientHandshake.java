package org.secrethandshake.handshake;

import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;

/**
 * The client's side: it knows the server's key before it dials, and proves its own identity in its
 * second message, which only that server can read.
 *
 * <pre>
 *   SEND     clientHello          nothing but "I hold the network key"
 *   RECEIVE  serverHello          the server holds it too
 *   SEND     clientAuthenticate   our identity, for that server alone
 *   RECEIVE  serverAccept         the server is the one we dialled, and lets us in
 *   DONE
 * </pre>
 */
public final class ClientHandshake extends Handshake {
  private final Remote server;

  ClientHandshake(Local local, Remote server) {
    super(local, KeySchedule::ofClient);
    this.server = server;
    guarded(() -> sendNext(Message.CLIENT_HELLO, drawHello()));
  }

  @Override
  void received(Message message, byte[] bytes) throws HandshakeException {
    if (message == Message.SERVER_HELLO) {
      verifyHello(bytes);
      keys().agreeEphemerals(theirEphemeralKey());
      keys().agreeServerIdentity(server.point());
      sendNext(Message.CLIENT_AUTHENTICATE, clientAuthenticate());
    } else {
      keys().agreeClientIdentity(theirEphemeralKey());
      verifyServerAccept(bytes);
      done(server.key());
    }
  }

  @Override
  void sent(Message message) {
    receiveNext(message == Message.CLIENT_HELLO ? Message.SERVER_HELLO : Message.SERVER_ACCEPT);
  }

  /** {@code box[hash(K|ab|aB)](nonce 0)(H)} with {@code H = sign_A(K | B_p | hash(ab)) | A_p}. */
  private byte[] clientAuthenticate() {
    byte[] signature = sign(keys().clientSigned(server.key().bytes()));
    keepAuthentication(Bytes.concat(signature, identity().publicKey().bytes()));
    return ZeroNonceBox.seal(keys().clientAuthenticateBox(), authentication());
  }

  /** {@code box[hash(K|ab|aB|Ab)](nonce 0)(sign_B(K | H | hash(ab)))}. */
  private void verifyServerAccept(byte[] bytes) throws HandshakeException {
    byte[] signature =
        ZeroNonceBox.open(keys().serverAcceptBox(), bytes)
            .orElseThrow(
                () ->
                    badServerAccept(
                        "The serverAccept is not authentic: it was altered on its way, or made by"
                            + " somebody who is not the server that we dialled."));
    if (!verify(server.verifyKey(), keys().serverSigned(authentication()), signature)) {
      throw badServerAccept(
          "The signature in serverAccept is not valid: whoever answered does not own the server key"
              + " that we dialled.");
    }
  }

  private static HandshakeException badServerAccept(String message) {
    return new HandshakeException(Reason.BAD_SERVER_ACCEPT, message);
  }
}
