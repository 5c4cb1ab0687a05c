package org.secrethandshake.crypto.tink;

import java.util.Optional;
import org.secrethandshake.crypto.primitives.BouncyCastleLibrary;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.LoadFailure;

/** The Tink that this program found: its version, and whether the provider can work with it. */
final class TinkLibrary {
  private static final String NONE = "no Tink";
  private static final String MADE_FOR = "com.google.crypto.tink:tink 1.24";

  private TinkLibrary() {}

  /** Uses Tink, and then every operation of the provider, once. Never throws. */
  static Optional<Throwable> unavailability(CryptoProvider provider) {
    try {
      Tink.scalarMultBase(new byte[CryptoProvider.SCALAR_BYTES]);
      Tink.sign(new byte[CryptoProvider.SEED_BYTES], new byte[0]);
      Tink.verifier(Tink.publicKey(new byte[CryptoProvider.SEED_BYTES]));
    } catch (Throwable cause) {
      return Optional.of(new CryptoProviderException(sentence(LoadFailure.of(cause)), cause));
    }
    return BouncyCastleLibrary.unavailability(provider);
  }

  private static String sentence(LoadFailure failure) {
    return failure
        .missingModule("Tink")
        .map(missing -> "The crypto backend tink cannot be used: " + missing)
        .orElseGet(() -> "The crypto backend tink found " + found() + problem(failure));
  }

  private static String problem(LoadFailure failure) {
    if (found().equals(NONE)) {
      return ". Add " + MADE_FOR + " or newer.";
    }
    String advice =
        failure.is(LinkageError.class)
            ? " It was made for " + MADE_FOR + ": look for another version among the dependencies."
            : "";
    return ", which does not work here (" + failure.inWords() + ")." + advice;
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
    } catch (ClassNotFoundException | NoClassDefFoundError absent) {
      return NONE;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError damaged) {
      return "Tink of unknown version";
    }
  }
}
