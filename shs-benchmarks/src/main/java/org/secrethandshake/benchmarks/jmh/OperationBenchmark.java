package org.secrethandshake.benchmarks.jmh;

import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/**
 * Each operation of a backend, on inputs as long as the handshake's. Sealing and opening are in
 * {@link BoxStreamBenchmark}.
 */
public class OperationBenchmark extends PerProvider {
  /** What a client signs in the handshake: {@code K | B_p | hash(ab)}. */
  private static final int SIGNED_BYTES =
      CryptoProvider.AUTH_KEY_BYTES + CryptoProvider.PUBLIC_KEY_BYTES + CryptoProvider.HASH_BYTES;

  /** Two keys, as the handshake hashes them. */
  private static final int HASHED_BYTES = 64;

  /** The operation, by its name in the SPI. */
  @Param({
    "randomBytes", "signPublicKey", "sign", "verifyKey",
    "verify", "point", "scalarMultBase", "scalarMult",
    "signSeedToScalar", "auth", "hash", "secretBox"
  })
  String operation = "";

  private final byte[] out = new byte[CryptoProvider.HASH_BYTES];
  private final byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];
  private final Ring<byte[]> secrets = ring(CryptoProvider.SCALAR_BYTES);
  private final Ring<byte[]> messages = ring(HASHED_BYTES);
  private final Ring<byte[]> keys = ring(SecretBox.KEY_BYTES);
  private Supplier<Object> work;

  @Setup
  public void makeInputs() {
    CryptoProvider crypto = crypto();
    Ring<Signed> signed = Ring.of(index -> new Signed(crypto, index));
    Ring<byte[]> points = ring(CryptoProvider.POINT_BYTES);
    work =
        switch (operation) {
          case "randomBytes" -> into(() -> crypto.randomBytes(out));
          case "signPublicKey" -> into(() -> crypto.signPublicKey(secrets.next(), out));
          case "sign" -> into(() -> signed.next().sign(crypto, signature));
          case "verifyKey" -> () -> crypto.verifyKey(signed.next().publicKey);
          case "verify" -> () -> signed.next().verifies();
          case "point" -> into(() -> signed.next().verifyKey.point(out));
          case "scalarMultBase" -> into(() -> crypto.scalarMultBase(secrets.next(), out));
          case "scalarMult" -> () -> crypto.scalarMult(secrets.next(), points.next(), out);
          case "signSeedToScalar" -> into(() -> crypto.signSeedToScalar(secrets.next(), out));
          case "auth" -> into(() -> crypto.auth(keys.next(), secrets.next(), out));
          case "hash" -> into(() -> crypto.hash(messages.next(), out));
          default -> () -> madeAndClosed(crypto);
        };
  }

  @Benchmark
  public Object run() {
    return work.get();
  }

  static String[] values() {
    try {
      return OperationBenchmark.class
          .getDeclaredField("operation")
          .getAnnotation(Param.class)
          .value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Ring<byte[]> ring(int length) {
    return Ring.of(index -> Ring.bytes(index, length));
  }

  private Supplier<Object> into(Runnable operation) {
    return () -> {
      operation.run();
      return out;
    };
  }

  private SecretBox madeAndClosed(CryptoProvider crypto) {
    try (SecretBox box = crypto.secretBox(keys.next())) {
      return box;
    }
  }

  /** An identity with a message that it has signed. */
  private static final class Signed {
    final byte[] seed;
    final byte[] publicKey = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
    final byte[] message;
    final byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];
    final VerifyKey verifyKey;

    Signed(CryptoProvider crypto, int index) {
      seed = Ring.bytes(index, CryptoProvider.SEED_BYTES);
      message = Ring.bytes(index, SIGNED_BYTES);
      crypto.signPublicKey(seed, publicKey);
      sign(crypto, signature);
      verifyKey = crypto.verifyKey(publicKey).orElseThrow();
    }

    void sign(CryptoProvider crypto, byte[] into) {
      crypto.sign(seed, publicKey, message, into);
    }

    boolean verifies() {
      return verifyKey.verify(message, signature);
    }
  }
}
