package org.secrethandshake.wiping;

import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * One side of channels.
 *
 * @param configuration holds the only copy of its identity
 * @param key the public half of that
 */
record Side(SecretHandshake configuration, IdentityKey key) {
  Side(Cast cast, CryptoProvider crypto, NetworkKey network) {
    this(crypto, network, Props.identity(cast, crypto));
  }

  private Side(CryptoProvider crypto, NetworkKey network, IdentityKeyPair identity) {
    this(
        SecretHandshake.builder().crypto(crypto).network(network).identity(identity).build(),
        identity.publicKey());
    identity.close();
  }
}
