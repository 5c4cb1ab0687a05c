package org.secrethandshake.handshake;

import org.secrethandshake.HandshakeException;
import org.secrethandshake.spi.CryptoProvider;

/**
 * The client's side: it knows the server's key before it dials, and proves its own identity in its
 * second message, which only that server can read.
 *
 * <pre>
 *   SEND     clientHello          nothing but "I hold the network key"
 *   RECEIVE  serverHello          the server holds it too
 *   SEND     clientAuthenticate   our identity, for that server only
 *   RECEIVE  serverAccept         the server is the one we dialled, and lets us in
 *   DONE
 * </pre>
 */
public final class ClientHandshake extends Handshake {
  private final ClientProtocol protocol;
  private final ServerKey server;

  ClientHandshake(CryptoProvider crypto, ClientProtocol protocol, ServerKey server) {
    super(crypto, protocol::close);
    this.protocol = protocol;
    this.server = server;
    begin(() -> sendNext(Message.CLIENT_HELLO, protocol.clientHello()));
  }

  @Override
  void passed(Message message, byte[] bytes) throws HandshakeException {
    switch (message) {
      case CLIENT_HELLO -> receiveNext(Message.SERVER_HELLO);
      case SERVER_HELLO ->
          sendNext(Message.CLIENT_AUTHENTICATE, protocol.clientAuthenticate(bytes));
      case CLIENT_AUTHENTICATE -> receiveNext(Message.SERVER_ACCEPT);
      case SERVER_ACCEPT -> done(server.key(), protocol.sessionKeys(bytes));
    }
  }
}
