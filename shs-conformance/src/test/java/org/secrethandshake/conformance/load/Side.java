package org.secrethandshake.conformance.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/**
 * One side of a load, with all limits at their defaults. Both sides have the same identity, so that
 * neither need tell the other.
 */
final class Side implements AutoCloseable {
  private final IdentityKeyPair identity;
  private final SecretHandshake shs;

  Side(String backend) {
    CryptoProvider crypto = CryptoProviders.named(backend);
    identity = IdentityKeyPair.fromSeed(crypto, new byte[IdentityKeyPair.SEED_BYTES]);
    shs =
        SecretHandshake.builder()
            .crypto(crypto)
            .network(NetworkKey.SCUTTLEBUTT)
            .identity(identity)
            .build();
  }

  SecretHandshake shs() {
    return shs;
  }

  /** Dials the other side on this machine; the deadline of the handshake holds for all of it. */
  SecretChannel dial(int port) throws IOException {
    return shs.connect(MultiserverAddress.of("127.0.0.1", port, identity.publicKey()));
  }

  /** Returns the first message of a client that knows the network key. */
  byte[] clientHello() {
    try (ClientHandshake client = shs.client(shs.serverKey(identity.publicKey()))) {
      ByteBuffer hello = ByteBuffer.allocate(client.bytesToSend());
      client.send(hello);
      return hello.array();
    }
  }

  @Override
  public void close() {
    shs.close();
    identity.close();
  }
}
