package org.secrethandshake.benchmarks.report;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.secrethandshake.crypto.bouncycastle.BouncyCastleCryptoProvider;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/** Bouncy Castle's backend, but sealing a box rests and allocates. */
public final class SlowedProvider implements CryptoProvider {
  static final String NAME = "slowed";
  static final int ALLOCATED_BYTES = 10_000;

  private static final long REST_NANOS = 200_000;

  private static volatile byte[] kept = new byte[0];

  private final CryptoProvider honest = new BouncyCastleCryptoProvider();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "a slowed copy";
  }

  @Override
  public Optional<Throwable> unavailability() {
    return Optional.empty();
  }

  @Override
  public void randomBytes(byte[] out) {
    honest.randomBytes(out);
  }

  @Override
  public void signPublicKey(byte[] seed, byte[] publicKey) {
    honest.signPublicKey(seed, publicKey);
  }

  @Override
  public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    honest.sign(seed, publicKey, message, signature);
  }

  @Override
  public Optional<VerifyKey> verifyKey(byte[] publicKey) {
    return honest.verifyKey(publicKey);
  }

  @Override
  public void scalarMultBase(byte[] scalar, byte[] point) {
    honest.scalarMultBase(scalar, point);
  }

  @Override
  public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
    return honest.scalarMult(scalar, point, shared);
  }

  @Override
  public void signSeedToScalar(byte[] seed, byte[] scalar) {
    honest.signSeedToScalar(seed, scalar);
  }

  @Override
  public void auth(byte[] key, byte[] message, byte[] tag) {
    honest.auth(key, message, tag);
  }

  @Override
  public void hash(byte[] message, byte[] digest) {
    honest.hash(message, digest);
  }

  @Override
  public SecretBox secretBox(byte[] key) {
    SecretBox box = honest.secretBox(key);
    return new SecretBox() {
      @Override
      public void seal(byte[] nonce, byte[] array, int offset, int length) {
        kept = new byte[ALLOCATED_BYTES];
        LockSupport.parkNanos(REST_NANOS);
        box.seal(nonce, array, offset, length);
      }

      @Override
      public boolean open(byte[] nonce, byte[] array, int offset, int length) {
        return box.open(nonce, array, offset, length);
      }

      @Override
      public void close() {
        box.close();
      }
    };
  }
}
