package org.secrethandshake.benchmarks.jmh;

import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/**
 * Each operation of a backend, on inputs as long as the handshake's. Sealing and opening are in
 * {@link BoxStreamBenchmark}.
 */
public class OperationBenchmark extends PerProvider {
  private static final int HASHED_BYTES = 64;

  private final byte[] out = new byte[CryptoProvider.HASH_BYTES];
  private final byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];
  private final Ring<byte[]> secrets = Ring.ofBytes(CryptoProvider.SCALAR_BYTES);
  private final Ring<byte[]> messages = Ring.ofBytes(HASHED_BYTES);
  private final Ring<byte[]> keys = Ring.ofBytes(SecretBox.KEY_BYTES);
  private Ring<Signed> signed;
  private Ring<byte[]> points;
  private CryptoProvider crypto;

  /** Makes the inputs. */
  @Setup
  public void makeInputs() {
    crypto = crypto();
    signed = Ring.of(index -> new Signed(crypto, index));
    points = Ring.of(this::point);
  }

  private byte[] point(int index) {
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    crypto.scalarMultBase(Ring.bytes(-1 - index, CryptoProvider.SCALAR_BYTES), point);
    return point;
  }

  /** As many bytes as a handshake draws. */
  @Benchmark
  public byte[] randomBytes() {
    crypto.randomBytes(out);
    return out;
  }

  /** The public key of a seed. */
  @Benchmark
  public byte[] signPublicKey() {
    crypto.signPublicKey(secrets.next(), out);
    return out;
  }

  /** A signature. */
  @Benchmark
  public byte[] sign() {
    Signed input = signed.next();
    crypto.sign(input.seed, input.publicKey, input.message, signature);
    return signature;
  }

  /** A public key parsed and validated. */
  @Benchmark
  public Optional<VerifyKey> verifyKey() {
    return crypto.verifyKey(signed.next().publicKey);
  }

  /** A good signature, under a kept key. */
  @Benchmark
  public boolean verify() {
    Signed input = signed.next();
    return input.verifyKey.verify(input.message, input.signature);
  }

  /** A kept key in its X25519 form. */
  @Benchmark
  public byte[] point() {
    signed.next().verifyKey.point(out);
    return out;
  }

  /** X25519 with the base point. */
  @Benchmark
  public byte[] scalarMultBase() {
    crypto.scalarMultBase(secrets.next(), out);
    return out;
  }

  /** X25519 with another's point. */
  @Benchmark
  public boolean scalarMult() {
    return crypto.scalarMult(secrets.next(), points.next(), out);
  }

  /** A seed in its X25519 form. */
  @Benchmark
  public byte[] signSeedToScalar() {
    crypto.signSeedToScalar(secrets.next(), out);
    return out;
  }

  /** HMAC of an ephemeral key. */
  @Benchmark
  public byte[] auth() {
    crypto.auth(keys.next(), secrets.next(), out);
    return out;
  }

  /** SHA-256 of two keys. */
  @Benchmark
  public byte[] hash() {
    crypto.hash(messages.next(), out);
    return out;
  }

  /** A box made and closed. */
  @Benchmark
  public SecretBox secretBox() {
    try (SecretBox box = crypto.secretBox(keys.next())) {
      return box;
    }
  }
}
