package org.secrethandshake.crypto.tink;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The digests and the MAC, by the JDK, which has them on every platform. */
final class Jdk {
  private static final String HMAC_SHA512 = "HmacSHA512";

  private Jdk() {}

  static byte[] digest(String algorithm, byte[] message) throws GeneralSecurityException {
    return MessageDigest.getInstance(algorithm).digest(message);
  }

  static byte[] hmacSha512(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC_SHA512);
    mac.init(new SecretKeySpec(key, HMAC_SHA512));
    return mac.doFinal(message);
  }
}
