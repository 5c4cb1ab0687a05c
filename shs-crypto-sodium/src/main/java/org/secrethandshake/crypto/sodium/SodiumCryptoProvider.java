package org.secrethandshake.crypto.sodium;

import java.util.Objects;
import java.util.Optional;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.KnownAnswers;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/**
 * The native backend, {@code sodium}: every operation is libsodium's but two. Boxes of up to 448
 * bytes are sealed and opened in Java, which takes less time than a native call, and so is the
 * subgroup of a key checked where libsodium does not.
 *
 * <p>It accepts and rejects exactly what {@link CryptoProvider} states; where the loaded libsodium
 * accepts more, the rest is checked here.
 *
 * <p>The system property {@value #LIBRARY_PROPERTY} says which libsodium: {@code bundled} (the
 * default), {@code system}, or a path. It is loaded once, on first use; nothing else is tried
 * instead, and a failure is remembered and reported by {@link #unavailability()}. Java 24 and later
 * warn about native access unless started with {@code --enable-native-access=com.sun.jna} on the
 * module path, or {@code ALL-UNNAMED} on the class path.
 *
 * <p>The system property {@value #BOXES_PROPERTY} is {@code mixed} unless set; with {@code native}
 * libsodium makes the short boxes, too, for those who want no arithmetic of this project, at the
 * price of two more native calls for a packet.
 *
 * <p>JNA holds the class loader that brought it, and the one that brought this backend, for as long
 * as the JVM runs. A server that unloads applications therefore shares both among them; the backend
 * holds no application that uses it.
 *
 * <p>Secrets pass through native memory that is wiped after each call. The key of a secretbox is
 * kept in Java, and wiped when the box is closed.
 *
 * <p>Stateless and thread-safe. Usually found by name:
 *
 * <pre>{@code
 * CryptoProvider crypto = CryptoProviders.named("sodium");
 * }</pre>
 */
public final class SodiumCryptoProvider implements CryptoProvider {
  /** The system property that says which libsodium is loaded. */
  public static final String LIBRARY_PROPERTY = "shs.sodium.library";

  /** The system property that says who makes short boxes. */
  public static final String BOXES_PROPERTY = "shs.sodium.boxes";

  /** Length of libsodium's secret keys: {@code seed | public key}. */
  private static final int SECRET_KEY_BYTES = SEED_BYTES + PUBLIC_KEY_BYTES;

  /** Creates the provider. Loads nothing yet, neither libsodium nor JNA. */
  public SodiumCryptoProvider() {}

  @Override
  public String name() {
    return "sodium";
  }

  @Override
  public String description() {
    return LoadedLibsodium.description();
  }

  @Override
  public Optional<Throwable> unavailability() {
    return Availability.CAUSE;
  }

  @Override
  public void randomBytes(byte[] out) {
    Objects.requireNonNull(out);
    LoadedLibsodium.require();
    try (Scratch scratch = Scratch.borrow(out.length)) {
      long bytes = scratch.room(out.length);
      Libsodium.randombytes_buf(bytes, out.length);
      scratch.read(bytes, out);
    }
  }

  @Override
  public void signPublicKey(byte[] seed, byte[] publicKey) {
    Arguments.requireLength(seed, SEED_BYTES, "seed");
    Arguments.requireLength(publicKey, PUBLIC_KEY_BYTES, "publicKey");
    LoadedLibsodium.require();
    try (Scratch scratch = Scratch.borrow(0)) {
      long derived = scratch.room(PUBLIC_KEY_BYTES);
      long secretKey = scratch.room(SECRET_KEY_BYTES);
      LoadedLibsodium.require(
          Libsodium.crypto_sign_seed_keypair(derived, secretKey, scratch.copyOf(seed)),
          "derive a public key");
      scratch.read(derived, publicKey);
    }
  }

  @Override
  public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    Arguments.requireLength(seed, SEED_BYTES, "seed");
    Arguments.requireLength(publicKey, PUBLIC_KEY_BYTES, "publicKey");
    Arguments.requireLength(signature, SIGNATURE_BYTES, "signature");
    LoadedLibsodium.require();
    try (Scratch scratch = Scratch.borrow(message.length)) {
      long secretKey = scratch.room(SECRET_KEY_BYTES);
      scratch.write(secretKey, seed, 0, SEED_BYTES);
      scratch.write(secretKey + SEED_BYTES, publicKey, 0, PUBLIC_KEY_BYTES);
      long result = scratch.room(SIGNATURE_BYTES);
      long text = scratch.copyOf(message);
      LoadedLibsodium.require(
          Libsodium.crypto_sign_detached(result, Libsodium.NULL, text, message.length, secretKey),
          "sign");
      scratch.read(result, signature);
    }
  }

  @Override
  public Optional<VerifyKey> verifyKey(byte[] publicKey) {
    Arguments.requireLength(publicKey, PUBLIC_KEY_BYTES, "publicKey");
    KeyRule rule = LoadedLibsodium.keyRule();
    byte[] key = publicKey.clone();
    return rule.toPoint(key).map(point -> new SodiumVerifyKey(rule, key, point));
  }

  @Override
  public void scalarMultBase(byte[] scalar, byte[] point) {
    Arguments.requireLength(scalar, SCALAR_BYTES, "scalar");
    Arguments.requireLength(point, POINT_BYTES, "point");
    LoadedLibsodium.require();
    try (Scratch scratch = Scratch.borrow(0)) {
      long result = scratch.room(POINT_BYTES);
      LoadedLibsodium.require(
          Libsodium.crypto_scalarmult_base(result, scratch.copyOf(scalar)),
          "multiply the base point");
      scratch.read(result, point);
    }
  }

  @Override
  public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
    Arguments.requireLength(scalar, SCALAR_BYTES, "scalar");
    Arguments.requireLength(point, POINT_BYTES, "point");
    Arguments.requireLength(shared, POINT_BYTES, "shared");
    LoadedLibsodium.require();
    try (Scratch scratch = Scratch.borrow(0)) {
      long result = scratch.room(POINT_BYTES);
      // Its refusal is that of a result which is all zero, compared in constant time.
      boolean accepted =
          LoadedLibsodium.accepted(
              Libsodium.crypto_scalarmult(result, scratch.copyOf(scalar), scratch.copyOf(point)),
              "multiply a point");
      scratch.read(result, shared);
      return accepted;
    }
  }

  @Override
  public void signSeedToScalar(byte[] seed, byte[] scalar) {
    Arguments.requireLength(seed, SEED_BYTES, "seed");
    Arguments.requireLength(scalar, SCALAR_BYTES, "scalar");
    LoadedLibsodium.require();
    try (Scratch scratch = Scratch.borrow(0)) {
      long result = scratch.room(SCALAR_BYTES);
      // The function takes a whole secret key and reads only its first half.
      long secretKey = scratch.room(SECRET_KEY_BYTES);
      scratch.write(secretKey, seed, 0, SEED_BYTES);
      LoadedLibsodium.require(
          Libsodium.crypto_sign_ed25519_sk_to_curve25519(result, secretKey), "convert a seed");
      scratch.read(result, scalar);
    }
  }

  @Override
  public void auth(byte[] key, byte[] message, byte[] tag) {
    Arguments.requireLength(key, AUTH_KEY_BYTES, "key");
    Arguments.requireLength(tag, AUTH_BYTES, "tag");
    Objects.requireNonNull(message);
    LoadedLibsodium.require();
    try (Scratch scratch = Scratch.borrow(message.length)) {
      long result = scratch.room(AUTH_BYTES);
      long text = scratch.copyOf(message);
      LoadedLibsodium.require(
          Libsodium.crypto_auth(result, text, message.length, scratch.copyOf(key)), "authenticate");
      scratch.read(result, tag);
    }
  }

  @Override
  public void hash(byte[] message, byte[] digest) {
    Arguments.requireLength(digest, HASH_BYTES, "digest");
    Objects.requireNonNull(message);
    LoadedLibsodium.require();
    try (Scratch scratch = Scratch.borrow(message.length)) {
      long result = scratch.room(HASH_BYTES);
      long text = scratch.copyOf(message);
      LoadedLibsodium.require(Libsodium.crypto_hash_sha256(result, text, message.length), "hash");
      scratch.read(result, digest);
    }
  }

  @Override
  public SecretBox secretBox(byte[] key) {
    Arguments.requireLength(key, SecretBox.KEY_BYTES, "key");
    return new SodiumSecretBox(key, LoadedLibsodium.mostJavaBytes());
  }

  // A class initializer runs once, whatever the threads.
  private static final class Availability {
    static final Optional<Throwable> CAUSE =
        LoadedLibsodium.failure().or(Availability::failedSelfTest);

    private static Optional<Throwable> failedSelfTest() {
      try {
        return KnownAnswers.firstWrong(new SodiumCryptoProvider())
            .map(algorithm -> failed(algorithm + " gives another answer than its specification"));
      } catch (CryptoProviderException failure) {
        return Optional.of(failure);
      }
    }

    private static CryptoProviderException failed(String why) {
      return new CryptoProviderException(
          "The self-test of the crypto backend sodium failed: %s. Found: %s."
              .formatted(why, LoadedLibsodium.description()));
    }
  }
}
