package org.secrethandshake.conformance.report;

import static org.secrethandshake.conformance.Formulas.concat;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/** The JDK's own {@code Ed25519} signature and {@code X25519} key agreement. */
record RawJdk() implements Column {
  // What stands before the 32 bytes of a key in DER (RFC 8410), so that they reach the JDK as is.
  private static final byte[] ED25519_PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] X25519_PUBLIC = HexFormat.of().parseHex("302a300506032b656e032100");
  private static final byte[] X25519_PRIVATE =
      HexFormat.of().parseHex("302e020100300506032b656e04220420");

  @Override
  public String name() {
    return "JDK " + Runtime.version().feature();
  }

  @Override
  public boolean isOurs() {
    return false;
  }

  @Override
  public boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(publicKey("Ed25519", ED25519_PUBLIC, publicKey));
      ed25519.update(message);
      return ed25519.verify(signature);
    } catch (GeneralSecurityException refusal) {
      return false;
    }
  }

  @Override
  public Optional<byte[]> agree(byte[] scalar, byte[] point) {
    try {
      KeyAgreement x25519 = KeyAgreement.getInstance("X25519");
      x25519.init(
          KeyFactory.getInstance("X25519")
              .generatePrivate(new PKCS8EncodedKeySpec(concat(X25519_PRIVATE, scalar))));
      x25519.doPhase(publicKey("X25519", X25519_PUBLIC, point), true);
      return Optional.of(x25519.generateSecret());
    } catch (GeneralSecurityException refusal) {
      return Optional.empty();
    }
  }

  private static PublicKey publicKey(String algorithm, byte[] prefix, byte[] key)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm)
        .generatePublic(new X509EncodedKeySpec(concat(prefix, key)));
  }
}
