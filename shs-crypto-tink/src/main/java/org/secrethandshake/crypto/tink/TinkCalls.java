package org.secrethandshake.crypto.tink;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * Calls into Tink and the JDK. Arguments were checked before and bad data of a peer is an answer,
 * so whatever is thrown there means that the library broke.
 */
final class TinkCalls {
  private TinkCalls() {}

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
}
