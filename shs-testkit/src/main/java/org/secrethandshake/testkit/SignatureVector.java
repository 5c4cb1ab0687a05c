package org.secrethandshake.testkit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.VerifyKey;

/**
 * A key, a message, a signature, and what the acceptance rule of {@link CryptoProvider} says of
 * them.
 *
 * <p>Immutable: arrays are fresh copies.
 */
public final class SignatureVector {
  /** What the acceptance rule says. */
  public enum Verdict {
    /** The key is valid and the signature verifies. */
    VALID,
    /** There is no {@link VerifyKey} for the key. */
    INVALID_KEY,
    /** The key is valid, but the signature does not verify. */
    INVALID_SIGNATURE
  }

  private final String name;
  private final byte[] publicKey;
  private final byte[] message;
  private final byte[] signature;
  private final Verdict verdict;

  private SignatureVector(List<String> columns) {
    name = columns.get(0);
    publicKey = Bytes.bytes(columns.get(1));
    message = Bytes.bytes(columns.get(2));
    signature = Bytes.bytes(columns.get(3));
    verdict =
        switch (columns.get(4)) {
          case "valid" -> Verdict.VALID;
          case "invalid-key" -> Verdict.INVALID_KEY;
          case "invalid-signature" -> Verdict.INVALID_SIGNATURE;
          default -> throw new IllegalArgumentException("no verdict: " + columns.get(4));
        };
  }

  /**
   * Returns the adversarial vectors: keys and points of small and mixed order, encodings that are
   * not canonical, {@code S} not reduced, and the twelve cases of "Taming the many EdDSAs" (eprint
   * 2020/1244), each with own keys. Some are honest, so that refusing everything does not pass.
   */
  public static Stream<SignatureVector> adversarial() {
    return Vectors.rows("ed25519.csv").stream().map(SignatureVector::new);
  }

  /** Asks a provider what it says. */
  public Verdict verdictOf(CryptoProvider provider) {
    Optional<VerifyKey> key = provider.verifyKey(publicKey());
    if (key.isEmpty()) {
      return Verdict.INVALID_KEY;
    }
    return key.get().verify(message(), signature()) ? Verdict.VALID : Verdict.INVALID_SIGNATURE;
  }

  /** Returns the verdict of the rule. */
  public Verdict verdict() {
    return verdict;
  }

  /** Returns what is special about this vector. */
  public String name() {
    return name;
  }

  /** Returns the Ed25519 public key, valid or not. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** Returns the message. */
  public byte[] message() {
    return message.clone();
  }

  /** Returns the signature, valid or not. */
  public byte[] signature() {
    return signature.clone();
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}
