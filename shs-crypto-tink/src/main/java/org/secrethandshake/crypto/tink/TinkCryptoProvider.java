package org.secrethandshake.crypto.tink;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.secrethandshake.crypto.primitives.PrimeOrder;
import org.secrethandshake.crypto.primitives.XSalsa20Poly1305;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/**
 * The backend {@code tink}: a third opinion, independent of the others where that matters most.
 *
 * <p>Ed25519 and X25519 are Tink's own, in pure Java; HMAC-SHA-512, SHA-256 and random bytes are
 * the JDK's. What neither has is shared with the backend {@code bouncycastle}: secretbox, and the
 * checks of keys that make it accept and reject exactly what {@link CryptoProvider} states, both
 * this project's own code. Tink by itself would accept more.
 *
 * <p>Our own copies of secrets are wiped. Those that Tink and the JDK make stay on the heap until
 * they are collected.
 *
 * <p>Stateless and thread-safe. Usually found by name:
 *
 * <pre>{@code
 * CryptoProvider crypto = CryptoProviders.named("tink");
 * }</pre>
 */
public final class TinkCryptoProvider implements CryptoProvider {
  private static final int SHA512_BYTES = 64;

  /** Creates the provider. Loads nothing of Tink yet, which may be missing. */
  public TinkCryptoProvider() {}

  @Override
  public String name() {
    return "tink";
  }

  @Override
  public String description() {
    return TinkLibrary.found()
        + " for Ed25519 and X25519, the JDK for HMAC, SHA-256 and random bytes,"
        + " this project's own secretbox and key checks (pure Java)";
  }

  @Override
  public Optional<Throwable> unavailability() {
    return Availability.CAUSE;
  }

  @Override
  public void randomBytes(byte[] out) {
    Objects.requireNonNull(out);
    Randomness.SOURCE.nextBytes(out);
  }

  @Override
  public void signPublicKey(byte[] seed, byte[] publicKey) {
    Arguments.requireLength(seed, SEED_BYTES, "seed");
    Arguments.requireLength(publicKey, PUBLIC_KEY_BYTES, "publicKey");
    TinkCalls.copy("derive a public key", () -> Tink.publicKey(seed), publicKey);
  }

  /** Tink derives the public key again for itself, so a wrong one cannot do harm. */
  @Override
  public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    Arguments.requireLength(seed, SEED_BYTES, "seed");
    Arguments.requireLength(publicKey, PUBLIC_KEY_BYTES, "publicKey");
    Arguments.requireLength(signature, SIGNATURE_BYTES, "signature");
    Objects.requireNonNull(message);
    TinkCalls.copy("sign", () -> Tink.sign(seed, message), signature);
  }

  @Override
  public Optional<VerifyKey> verifyKey(byte[] publicKey) {
    Arguments.requireLength(publicKey, PUBLIC_KEY_BYTES, "publicKey");
    return TinkCalls.call(
        "validate a key",
        () ->
            PrimeOrder.toMontgomery(publicKey)
                .map(point -> new TinkVerifyKey(Tink.verifier(publicKey.clone()), point)));
  }

  @Override
  public void scalarMultBase(byte[] scalar, byte[] point) {
    Arguments.requireLength(scalar, SCALAR_BYTES, "scalar");
    Arguments.requireLength(point, POINT_BYTES, "point");
    TinkCalls.copy("multiply the base point", () -> Tink.scalarMultBase(scalar), point);
  }

  @Override
  public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
    Arguments.requireLength(scalar, SCALAR_BYTES, "scalar");
    Arguments.requireLength(point, POINT_BYTES, "point");
    Arguments.requireLength(shared, POINT_BYTES, "shared");
    TinkCalls.copy("multiply a point", () -> Tink.scalarMult(scalar, point), shared);
    return !isZero(shared);
  }

  @Override
  public void signSeedToScalar(byte[] seed, byte[] scalar) {
    Arguments.requireLength(seed, SEED_BYTES, "seed");
    Arguments.requireLength(scalar, SCALAR_BYTES, "scalar");
    byte[] expanded = new byte[SHA512_BYTES];
    TinkCalls.copy("expand a seed", () -> Jdk.digest("SHA-512", seed), expanded);
    System.arraycopy(expanded, 0, scalar, 0, SCALAR_BYTES);
    Arrays.fill(expanded, (byte) 0);
    // RFC 7748, section 5.
    scalar[0] &= (byte) 0xf8;
    scalar[SCALAR_BYTES - 1] &= (byte) 0x7f;
    scalar[SCALAR_BYTES - 1] |= (byte) 0x40;
  }

  @Override
  public void auth(byte[] key, byte[] message, byte[] tag) {
    Arguments.requireLength(key, AUTH_KEY_BYTES, "key");
    Arguments.requireLength(tag, AUTH_BYTES, "tag");
    Objects.requireNonNull(message);
    byte[] whole = new byte[SHA512_BYTES];
    TinkCalls.copy("authenticate", () -> Jdk.hmacSha512(key, message), whole);
    System.arraycopy(whole, 0, tag, 0, AUTH_BYTES);
    Arrays.fill(whole, (byte) 0);
  }

  @Override
  public void hash(byte[] message, byte[] digest) {
    Arguments.requireLength(digest, HASH_BYTES, "digest");
    Objects.requireNonNull(message);
    TinkCalls.copy("hash", () -> Jdk.digest("SHA-256", message), digest);
  }

  @Override
  public SecretBox secretBox(byte[] key) {
    Arguments.requireLength(key, SecretBox.KEY_BYTES, "key");
    return TinkCalls.call("create a secretbox", () -> new XSalsa20Poly1305(key));
  }

  private static boolean isZero(byte[] shared) {
    int bits = 0;
    for (byte b : shared) {
      bits |= b;
    }
    return bits == 0;
  }

  // Loaded when first asked for; a class initializer runs once, whatever the threads.
  private static final class Availability {
    static final Optional<Throwable> CAUSE = TinkLibrary.unavailability(new TinkCryptoProvider());
  }

  private static final class Randomness {
    static final SecureRandom SOURCE = new SecureRandom();
  }
}
