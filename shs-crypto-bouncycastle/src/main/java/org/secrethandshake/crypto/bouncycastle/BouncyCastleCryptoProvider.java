package org.secrethandshake.crypto.bouncycastle;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.secrethandshake.crypto.primitives.BouncyCastleLibrary;
import org.secrethandshake.crypto.primitives.XSalsa20Poly1305;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/**
 * The pure-Java backend, {@code bouncycastle}: it works wherever Java does.
 *
 * <p>It accepts and rejects exactly what {@link CryptoProvider} states; Bouncy Castle by itself
 * would accept more. Secretbox and the check of keys and of {@code R} are this project's own code,
 * because Bouncy Castle takes three times as long for either; everything else is Bouncy Castle's.
 * Random bytes come from {@link SecureRandom}. It calls Bouncy Castle's lightweight API and
 * registers no security provider.
 *
 * <p>Our own copies of secrets are wiped. Those that Bouncy Castle makes inside one call, of the
 * scalar that signs and of HMAC's key block, stay on the heap until they are collected.
 *
 * <p>Stateless and thread-safe. Usually found by name:
 *
 * <pre>{@code
 * CryptoProvider crypto = CryptoProviders.named("bouncycastle");
 * }</pre>
 */
public final class BouncyCastleCryptoProvider implements CryptoProvider {
  /** Creates the provider. Loads nothing of Bouncy Castle yet: its jar is large and signed. */
  public BouncyCastleCryptoProvider() {}

  @Override
  public String name() {
    return "bouncycastle";
  }

  @Override
  public String description() {
    return BouncyCastleLibrary.found()
        + ", this project's own secretbox and key checks (pure Java), random bytes from the JDK";
  }

  @Override
  public Optional<Throwable> unavailability() {
    return Availability.CAUSE;
  }

  @Override
  public void randomBytes(byte[] out) {
    Objects.requireNonNull(out);
    BouncyCastleCalls.run("draw random bytes", () -> Randomness.SOURCE.nextBytes(out));
  }

  @Override
  public void signPublicKey(byte[] seed, byte[] publicKey) {
    Arguments.requireLength(seed, SEED_BYTES, "seed");
    Arguments.requireLength(publicKey, PUBLIC_KEY_BYTES, "publicKey");
    BouncyCastleCalls.run(
        "derive a public key", () -> Ed25519.generatePublicKey(seed, 0, publicKey, 0));
  }

  @Override
  public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    Arguments.requireLength(seed, SEED_BYTES, "seed");
    Arguments.requireLength(publicKey, PUBLIC_KEY_BYTES, "publicKey");
    Arguments.requireLength(signature, SIGNATURE_BYTES, "signature");
    int length = message.length;
    BouncyCastleCalls.run(
        "sign", () -> Ed25519.sign(seed, 0, publicKey, 0, message, 0, length, signature, 0));
  }

  @Override
  public Optional<VerifyKey> verifyKey(byte[] publicKey) {
    Arguments.requireLength(publicKey, PUBLIC_KEY_BYTES, "publicKey");
    return BouncyCastleCalls.call("validate a key", () -> BouncyCastleVerifyKey.decode(publicKey));
  }

  @Override
  public void scalarMultBase(byte[] scalar, byte[] point) {
    Arguments.requireLength(scalar, SCALAR_BYTES, "scalar");
    Arguments.requireLength(point, POINT_BYTES, "point");
    BouncyCastleCalls.run(
        "multiply the base point", () -> X25519.scalarMultBase(scalar, 0, point, 0));
  }

  @Override
  public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
    Arguments.requireLength(scalar, SCALAR_BYTES, "scalar");
    Arguments.requireLength(point, POINT_BYTES, "point");
    Arguments.requireLength(shared, POINT_BYTES, "shared");
    // calculateAgreement looks at every byte of the result before it says whether all are zero.
    return BouncyCastleCalls.call(
        "multiply a point", () -> X25519.calculateAgreement(scalar, 0, point, 0, shared, 0));
  }

  @Override
  public void signSeedToScalar(byte[] seed, byte[] scalar) {
    Arguments.requireLength(seed, SEED_BYTES, "seed");
    Arguments.requireLength(scalar, SCALAR_BYTES, "scalar");
    byte[] expanded = new byte[Digests.SHA512_BYTES];
    try {
      BouncyCastleCalls.run("expand a seed", () -> Digests.sha512(seed, expanded));
      System.arraycopy(expanded, 0, scalar, 0, SCALAR_BYTES);
      X25519.clampPrivateKey(scalar);
    } finally {
      Arrays.fill(expanded, (byte) 0);
    }
  }

  @Override
  public void auth(byte[] key, byte[] message, byte[] tag) {
    Arguments.requireLength(key, AUTH_KEY_BYTES, "key");
    Arguments.requireLength(tag, AUTH_BYTES, "tag");
    Objects.requireNonNull(message);
    BouncyCastleCalls.run("authenticate", () -> Digests.hmacSha512(key, message, tag));
  }

  @Override
  public void hash(byte[] message, byte[] digest) {
    Arguments.requireLength(digest, HASH_BYTES, "digest");
    Objects.requireNonNull(message);
    BouncyCastleCalls.run("hash", () -> Digests.sha256(message, digest));
  }

  @Override
  public SecretBox secretBox(byte[] key) {
    Arguments.requireLength(key, SecretBox.KEY_BYTES, "key");
    return BouncyCastleCalls.call("create a secretbox", () -> new XSalsa20Poly1305(key));
  }

  // Loaded when first asked for; a class initializer runs once, whatever the threads.
  private static final class Availability {
    static final Optional<Throwable> CAUSE =
        BouncyCastleLibrary.unavailability(new BouncyCastleCryptoProvider());
  }

  private static final class Randomness {
    static final SecureRandom SOURCE = new SecureRandom();
  }
}
