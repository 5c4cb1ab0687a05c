package org.secrethandshake.crypto.bouncycastle;

import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The digests and the MAC. Apart from the provider because their types would make the JVM load
 * Bouncy Castle, which may be missing, before the provider's constructor runs.
 */
final class Digests {
  static final int SHA512_BYTES = 64;

  private Digests() {}

  static void sha256(byte[] message, byte[] digest) {
    digest(new SHA256Digest(), message, digest);
  }

  static void sha512(byte[] message, byte[] digest) {
    digest(new SHA512Digest(), message, digest);
  }

  /** HMAC-SHA-512, of which the tag takes as much as it has room for. */
  static void hmacSha512(byte[] key, byte[] message, byte[] tag) {
    KeyParameter copy = new KeyParameter(key);
    byte[] whole = new byte[SHA512_BYTES];
    try {
      HMac hmac = new HMac(new SHA512Digest());
      hmac.init(copy);
      hmac.update(message, 0, message.length);
      hmac.doFinal(whole, 0);
      System.arraycopy(whole, 0, tag, 0, tag.length);
    } finally {
      Arrays.fill(copy.getKey(), (byte) 0);
      Arrays.fill(whole, (byte) 0);
    }
  }

  private static void digest(Digest algorithm, byte[] message, byte[] digest) {
    algorithm.update(message, 0, message.length);
    algorithm.doFinal(digest, 0);
  }
}
