package org.secrethandshake.netty;

import java.util.Arrays;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.spi.CryptoProvider;

/** Alice, who dials, and Bob, whom she dials, in one network. */
final class Scene {
  private static final byte[] ALICE = seed(0xa);
  private static final byte[] BOB = seed(0xb);

  private Scene() {}

  private static byte[] seed(int value) {
    byte[] seed = new byte[IdentityKeyPair.SEED_BYTES];
    Arrays.fill(seed, (byte) value);
    return seed;
  }

  static SecretHandshake alice(CryptoProvider crypto) {
    return side(crypto, ALICE, NetworkKey.SCUTTLEBUTT);
  }

  static SecretHandshake bob(CryptoProvider crypto) {
    return side(crypto, BOB, NetworkKey.SCUTTLEBUTT);
  }

  static SecretHandshake aliceOf(NetworkKey network) {
    return side(Backends.ANY, ALICE, network);
  }

  static IdentityKey aliceKey() {
    return key(ALICE);
  }

  static IdentityKey bobKey() {
    return key(BOB);
  }

  private static IdentityKey key(byte[] seed) {
    try (IdentityKeyPair pair = IdentityKeyPair.fromSeed(Backends.ANY, seed)) {
      return pair.publicKey();
    }
  }

  private static SecretHandshake side(CryptoProvider crypto, byte[] seed, NetworkKey network) {
    try (IdentityKeyPair identity = IdentityKeyPair.fromSeed(crypto, seed)) {
      return SecretHandshake.builder().crypto(crypto).network(network).identity(identity).build();
    }
  }
}
