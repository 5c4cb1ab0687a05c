package com.example.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.secrethandshake.crypto.bouncycastle.BouncyCastleCryptoProvider;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.KnownAnswers;
import org.secrethandshake.spi.LoadFailure;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/** HMAC and SHA-256 of the JDK, all else of Bouncy Castle. */
public final class ExampleCryptoProvider implements CryptoProvider {
  private static final String MAC = "HmacSHA512";
  private static final String DIGEST = "SHA-256";

  public ExampleCryptoProvider() {} // loads nothing and cannot fail

  @Override
  public String name() {
    return "example";
  }

  @Override
  public String description() {
    return "HMAC and SHA-256 of Java "
        + System.getProperty("java.version")
        + ", all else: "
        + Rest.PROVIDER.description();
  }

  @Override
  public Optional<Throwable> unavailability() {
    return Availability.CAUSE;
  }

  @Override
  public void auth(byte[] key, byte[] message, byte[] tag) {
    Arguments.requireLength(key, AUTH_KEY_BYTES, "key");
    Arguments.requireLength(tag, AUTH_BYTES, "tag");
    Objects.requireNonNull(message); // the JDK would take null for an empty message
    try {
      Mac mac = Mac.getInstance(MAC); // not shared: a Mac is not thread-safe
      mac.init(new SecretKeySpec(key, MAC));
      byte[] whole = mac.doFinal(message);
      System.arraycopy(whole, 0, tag, 0, AUTH_BYTES);
      Arrays.fill(whole, (byte) 0); // our own copy; the JDK keeps the key in its SecretKeySpec
    } catch (GeneralSecurityException broken) {
      throw new CryptoProviderException(
          "The crypto backend example failed to authenticate.", broken);
    }
  }

  @Override
  public void hash(byte[] message, byte[] digest) {
    Arguments.requireLength(digest, HASH_BYTES, "digest");
    try {
      MessageDigest sha256 = MessageDigest.getInstance(DIGEST); // nor is a MessageDigest
      sha256.update(message);
      sha256.digest(digest, 0, HASH_BYTES); // writes where it should, without a copy of its own
    } catch (GeneralSecurityException broken) {
      throw new CryptoProviderException("The crypto backend example failed to hash.", broken);
    }
  }

  @Override
  public void randomBytes(byte[] out) {
    Rest.PROVIDER.randomBytes(out);
  }

  @Override
  public void signPublicKey(byte[] seed, byte[] publicKey) {
    Rest.PROVIDER.signPublicKey(seed, publicKey);
  }

  @Override
  public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    Rest.PROVIDER.sign(seed, publicKey, message, signature);
  }

  @Override
  public Optional<VerifyKey> verifyKey(byte[] publicKey) {
    return Rest.PROVIDER.verifyKey(publicKey);
  }

  @Override
  public void scalarMultBase(byte[] scalar, byte[] point) {
    Rest.PROVIDER.scalarMultBase(scalar, point);
  }

  @Override
  public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
    return Rest.PROVIDER.scalarMult(scalar, point, shared);
  }

  @Override
  public void signSeedToScalar(byte[] seed, byte[] scalar) {
    Rest.PROVIDER.signSeedToScalar(seed, scalar);
  }

  @Override
  public SecretBox secretBox(byte[] key) {
    return Rest.PROVIDER.secretBox(key);
  }

  // A class initializer runs once, on first use, whatever the threads: the outcome is remembered.
  private static final class Availability {
    static final Optional<Throwable> CAUSE = find();
    static final String FAILED = "The self-test of the crypto backend example failed: ";

    private static Optional<Throwable> find() {
      return Rest.PROVIDER.unavailability().or(Availability::failedSelfTest);
    }

    private static Optional<Throwable> failedSelfTest() {
      try {
        return KnownAnswers.firstWrong(new ExampleCryptoProvider())
            .map(algorithm -> new CryptoProviderException(FAILED + algorithm + " is wrong."));
      } catch (Throwable cause) { // errors too: a class that is missing is a LinkageError
        String why = LoadFailure.of(cause).inWords(); // "Algorithm HmacSHA512 not available"
        return Optional.of(new CryptoProviderException(FAILED + why + ".", cause));
      }
    }
  }

  private static final class Rest {
    static final CryptoProvider PROVIDER = new BouncyCastleCryptoProvider();
  }
}
