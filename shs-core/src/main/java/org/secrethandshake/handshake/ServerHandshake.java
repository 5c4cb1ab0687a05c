package org.secrethandshake.handshake;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.spi.CryptoProvider;

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
  private final ServerProtocol protocol;
  private @Nullable IdentityKey client;

  ServerHandshake(CryptoProvider crypto, ServerProtocol protocol) {
    super(crypto, protocol::close);
    this.protocol = protocol;
    receiveNext(Message.CLIENT_HELLO);
  }

  @Override
  void passed(Message message, byte[] bytes) throws HandshakeException {
    switch (message) {
      case CLIENT_HELLO -> sendNext(Message.SERVER_HELLO, protocol.serverHello(bytes));
      case SERVER_HELLO -> receiveNext(Message.CLIENT_AUTHENTICATE);
      case CLIENT_AUTHENTICATE -> {
        client = protocol.clientKey(bytes);
        authorizeNext();
      }
      case SERVER_ACCEPT -> done(clientKey(), protocol.sessionKeys());
    }
  }

  /**
   * Returns the client's identity, which it has proved.
   *
   * @throws IllegalStateException before step {@code AUTHORIZE}
   */
  public IdentityKey clientKey() {
    if (client == null) {
      require(Step.AUTHORIZE);
    }
    return Objects.requireNonNull(client);
  }

  /**
   * Lets the client in: serverAccept is ready to be sent.
   *
   * @return {@code false}, and nothing is done, if this handshake is over: an authorizer may answer
   *     after the caller's deadline has closed it
   * @throws IllegalStateException in any other step than {@code AUTHORIZE}
   */
  public boolean accept() {
    if (isOver()) {
      return false;
    }
    require(Step.AUTHORIZE);
    begin(() -> sendNext(Message.SERVER_ACCEPT, protocol.serverAccept()));
    return true;
  }

  /**
   * Refuses the client: this handshake is over, and the caller closes the transport without a word.
   * Nothing is done if it was over before.
   *
   * @throws IllegalStateException in any other step than {@code AUTHORIZE}
   */
  public void refuse() {
    if (!isOver()) {
      require(Step.AUTHORIZE);
      close();
    }
  }
}
