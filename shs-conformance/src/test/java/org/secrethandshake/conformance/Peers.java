package org.secrethandshake.conformance;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.spi.CryptoProvider;

/** Our side of the live tests, and what it shares with the reference's. */
final class Peers {
  static final String LOCALHOST = "127.0.0.1";

  /** More than a process needs that starts on a busy machine. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final byte[] OUR_SEED = repeated(0x22);

  private Peers() {}

  static SecretHandshake ours(CryptoProvider crypto) {
    return ours(crypto, NetworkKey.SCUTTLEBUTT);
  }

  static SecretHandshake ours(CryptoProvider crypto, NetworkKey network) {
    try (IdentityKeyPair identity = IdentityKeyPair.fromSeed(crypto, OUR_SEED)) {
      return SecretHandshake.builder()
          .crypto(crypto)
          .network(network)
          .identity(identity)
          .timeout(TIMEOUT)
          .build();
    }
  }

  /** Our public key in hexadecimal, as the reference's programs take and print keys. */
  static String ourKey(CryptoProvider crypto) {
    return HexFormat.of().formatHex(new Formulas(crypto, new byte[0]).publicKey(OUR_SEED));
  }

  static byte[] repeated(int value) {
    byte[] bytes = new byte[CryptoProvider.SEED_BYTES];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
