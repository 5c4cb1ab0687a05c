package org.secrethandshake.conformance.report;

import com.sun.jna.Library;
import java.util.Optional;
import org.secrethandshake.conformance.LibsodiumBehind;
import org.secrethandshake.spi.CryptoProvider;

/** libsodium's own {@code crypto_sign_verify_detached} and {@code crypto_scalarmult}. */
record RawSodium(Functions functions) implements Column {
  private static final int POINT_BYTES = 32;

  /** A mapping of our own: that of the backend is its own affair. */
  @SuppressWarnings("MethodName") // the names are those of the C symbols
  interface Functions extends Library {
    int sodium_init();

    int crypto_sign_verify_detached(
        byte[] signature, byte[] message, long messageBytes, byte[] publicKey);

    int crypto_scalarmult(byte[] shared, byte[] scalar, byte[] point);
  }

  /** Loads the library that a backend has loaded. */
  static RawSodium behind(CryptoProvider sodium) {
    Functions functions = LibsodiumBehind.load(sodium, Functions.class);
    if (functions.sodium_init() < 0) {
      throw new AssertionError("libsodium did not initialise itself");
    }
    return new RawSodium(functions);
  }

  @Override
  public String name() {
    return "libsodium";
  }

  @Override
  public boolean isOurs() {
    return false;
  }

  @Override
  public boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    return functions.crypto_sign_verify_detached(signature, message, message.length, publicKey)
        == 0;
  }

  @Override
  public Optional<byte[]> agree(byte[] scalar, byte[] point) {
    byte[] shared = new byte[POINT_BYTES];
    return functions.crypto_scalarmult(shared, scalar, point) == 0
        ? Optional.of(shared)
        : Optional.empty();
  }
}
