package org.secrethandshake.crypto.sodium;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.LoadFailure;

/**
 * The libsodium of this process: loaded when it is first asked for, once, whatever the threads; the
 * outcome, good or bad, is remembered.
 */
final class LoadedLibsodium {
  private static final int ACCEPTED = 0;
  private static final int REFUSED = -1;

  private final String description;
  private final @Nullable KeyRule keyRule;
  private final int mostJavaBytes;
  private final Optional<Throwable> failure;

  private LoadedLibsodium(
      String description,
      @Nullable KeyRule keyRule,
      int mostJavaBytes,
      Optional<Throwable> failure) {
    this.description = description;
    this.keyRule = keyRule;
    this.mostJavaBytes = mostJavaBytes;
    this.failure = failure;
  }

  /** Why it was not loaded, or empty. */
  static Optional<Throwable> failure() {
    return Loaded.LIBRARY.failure;
  }

  /** What was loaded, from where, in which version. */
  static String description() {
    return Loaded.LIBRARY.description;
  }

  /**
   * Returns the rule for keys of the loaded library. Asking for it, or {@link #require()}, comes
   * before any call of {@link Libsodium}.
   *
   * @throws CryptoProviderException if libsodium is not available
   */
  static KeyRule keyRule() {
    KeyRule rule = Loaded.LIBRARY.keyRule;
    if (rule == null) {
      Throwable cause = failure().orElseThrow();
      throw new CryptoProviderException(String.valueOf(cause.getMessage()), cause);
    }
    return rule;
  }

  /**
   * Returns the longest message that is boxed in Java.
   *
   * @throws CryptoProviderException if libsodium is not available
   */
  static int mostJavaBytes() {
    require();
    return Loaded.LIBRARY.mostJavaBytes;
  }

  /** Makes sure that libsodium is loaded. */
  static void require() {
    keyRule();
  }

  /** Checks the return code of a function that cannot fail on any input. */
  static void require(int code, String purpose) {
    if (code != ACCEPTED) {
      throw failed(code, purpose);
    }
  }

  /** Reads the return code of a function that may refuse what the peer sent. */
  static boolean accepted(int code, String purpose) {
    if (code != ACCEPTED && code != REFUSED) {
      throw failed(code, purpose);
    }
    return code == ACCEPTED;
  }

  private static CryptoProviderException failed(int code, String purpose) {
    return new CryptoProviderException(
        "The crypto backend sodium failed to %s: libsodium returned %s.".formatted(purpose, code));
  }

  private static final class Loaded {
    static final LoadedLibsodium LIBRARY = load();

    private static LoadedLibsodium load() {
      return Bystanders.keepOut(Loaded::loadHere);
    }

    private static LoadedLibsodium loadHere() {
      try {
        int mostJavaBytes = Loader.mostJavaBytes();
        String boxes =
            mostJavaBytes == SodiumSecretBox.NONE_IN_JAVA
                ? ""
                : "; boxes of up to " + mostJavaBytes + " bytes in Java";
        return new LoadedLibsodium(
            Loader.load() + boxes, KeyRule.ofLoadedLibrary(), mostJavaBytes, Optional.empty());
      } catch (CryptoProviderException failure) {
        return failed(failure);
      } catch (Throwable unforeseen) {
        return failed(
            new CryptoProviderException(
                "libsodium cannot be used: " + LoadFailure.of(unforeseen).inWords() + ".",
                unforeseen));
      }
    }

    private static LoadedLibsodium failed(CryptoProviderException failure) {
      return new LoadedLibsodium(
          "libsodium is not available", null, SodiumSecretBox.NONE_IN_JAVA, Optional.of(failure));
    }
  }
}
