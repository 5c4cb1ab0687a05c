package org.secrethandshake.crypto.bouncycastle;

import java.util.function.Supplier;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * Calls into Bouncy Castle. Arguments were checked before and bad data of a peer is an answer, so
 * whatever is thrown there means that the library broke.
 */
final class BouncyCastleCalls {
  private BouncyCastleCalls() {}

  static void run(String purpose, Runnable operation) {
    call(
        purpose,
        () -> {
          operation.run();
          return true;
        });
  }

  static <T> T call(String purpose, Supplier<T> operation) {
    Registrar.requireInitialized();
    try {
      return operation.get();
    } catch (RuntimeException | LinkageError cause) {
      throw new CryptoProviderException(
          "The crypto backend bouncycastle failed to " + purpose + ".", cause);
    }
  }
}
