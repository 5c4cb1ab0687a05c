package org.secrethandshake.crypto.tink;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.secrethandshake.crypto.primitives.BouncyCastleLibrary;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * Calls into Tink and the JDK. Arguments were checked before and bad data of a peer is an answer,
 * so whatever is thrown there means that the library broke.
 */
final class Library {
  private Library() {}

  static <T> T call(String purpose, Callable<T> operation) {
    try {
      return operation.call();
    } catch (Exception | LinkageError cause) {
      throw new CryptoProviderException(
          "The crypto backend tink failed to " + purpose + ".", cause);
    }
  }

  /** Copies an operation's result, which has the length of the array, and wipes it. */
  static void copy(String purpose, Callable<byte[]> operation, byte[] out) {
    byte[] result = call(purpose, operation);
    System.arraycopy(result, 0, out, 0, out.length);
    Arrays.fill(result, (byte) 0);
  }

  /** Uses Tink, and then every operation of the provider, once. Never throws. */
  static Optional<Throwable> unavailability(CryptoProvider provider) {
    try {
      Tink.scalarMultBase(new byte[CryptoProvider.SCALAR_BYTES]);
      Tink.sign(new byte[CryptoProvider.SEED_BYTES], new byte[0]);
      Tink.verifier(Tink.publicKey(new byte[CryptoProvider.SEED_BYTES]));
    } catch (Throwable cause) {
      return Optional.of(
          new CryptoProviderException(
              "The crypto backend tink found "
                  + found()
                  + ", which does not work here; it was made for com.google.crypto.tink:tink 1.24."
                  + " Look for an older or another one among the dependencies.",
              cause));
    }
    return BouncyCastleLibrary.unavailability(provider);
  }

  /**
   * Names the library and its version, such as {@code Tink 1.24.0}. Never throws.
   *
   * <p>By reflection: a constant would be copied into this class when it is compiled.
   */
  static String found() {
    try {
      Class<?> version = Class.forName("com.google.crypto.tink.Version");
      return "Tink " + version.getField("TINK_VERSION").get(null);
    } catch (ReflectiveOperationException | LinkageError missing) {
      return "no Tink";
    }
  }

  /** Names the library below the shared primitives. */
  static String primitives() {
    return BouncyCastleLibrary.found();
  }
}
