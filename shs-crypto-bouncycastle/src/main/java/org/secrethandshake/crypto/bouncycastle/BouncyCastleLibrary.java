package org.secrethandshake.crypto.bouncycastle;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.KnownAnswers;
import org.secrethandshake.spi.LoadFailure;

/**
 * The Bouncy Castle that this program found: its version, and whether the provider can work with
 * it.
 *
 * <p>Thread-safe.
 */
final class BouncyCastleLibrary {
  private static final String NAME = "Bouncy Castle";
  private static final String OF_UNKNOWN_VERSION = NAME + " of unknown version";
  private static final String NONE = "no Bouncy Castle";
  private static final String NEEDED = "org.bouncycastle:bcprov-jdk18on in version 1.85 or newer";
  private static final int NEEDED_MINOR = 85;
  private static final Pattern VERSION = Pattern.compile(NAME + " 1\\.(\\d{1,4})\\b.*");

  private BouncyCastleLibrary() {}

  /**
   * Uses every operation of a provider once, so that a method which an old library lacks shows here
   * and not in the middle of a handshake. Never throws.
   *
   * @return empty if all operations work; otherwise the cause, which says what was found
   */
  static Optional<Throwable> unavailability(CryptoProvider provider) {
    try {
      return KnownAnswers.firstWrong(provider)
          .map(
              algorithm ->
                  new CryptoProviderException(
                      failedSelfTest(
                          provider, algorithm + " gives another answer than its specification")));
    } catch (Throwable cause) {
      return Optional.of(new CryptoProviderException(sentence(provider, cause), cause));
    }
  }

  private static String sentence(CryptoProvider provider, Throwable cause) {
    LoadFailure failure = LoadFailure.of(cause);
    String subject = "The crypto backend " + provider.name();
    return failure
        .missingModule(NAME)
        .map(missing -> subject + " cannot be used: " + missing)
        .orElseGet(
            () ->
                doesNotLink(failure)
                    ? subject + " found " + found() + mismatch(failure)
                    : failedSelfTest(provider, failure.inWords()));
  }

  private static String failedSelfTest(CryptoProvider provider, String why) {
    return "The self-test of the crypto backend %s failed: %s. Found: %s."
        .formatted(provider.name(), why, provider.description());
  }

  private static boolean doesNotLink(LoadFailure failure) {
    return failure.is(IncompatibleClassChangeError.class) || failure.missingClass().isPresent();
  }

  private static String mismatch(LoadFailure failure) {
    String found = found();
    if (found.equals(NONE)) {
      return ". Add " + NEEDED + ".";
    }
    String why = " (" + failure.inWords() + ")";
    return isTooOld(found)
        ? why + " and needs " + NEEDED + ". Look for the older one among the dependencies."
        : ", but not all of it"
            + why
            + ". Look for parts of another version among the dependencies.";
  }

  private static boolean isTooOld(String found) {
    Matcher version = VERSION.matcher(found);
    return version.matches() && Integer.parseInt(version.group(1)) < NEEDED_MINOR;
  }

  /** Names the library and its version, such as {@code Bouncy Castle 1.86}. Never throws. */
  static String found() {
    try {
      return packageVersion()
          .or(BouncyCastleLibrary::bundleVersion)
          .map(version -> NAME + " " + version)
          .orElse(OF_UNKNOWN_VERSION);
    } catch (NoClassDefFoundError absent) {
      return NONE;
    } catch (RuntimeException | LinkageError damaged) {
      return OF_UNKNOWN_VERSION;
    }
  }

  // For whoever packs the library into a jar of his own, with the version beside it.
  private static Optional<String> packageVersion() {
    return Optional.ofNullable(Ed25519.class.getPackage().getImplementationVersion());
  }

  // Its own jar states only the bundle's version.
  private static Optional<String> bundleVersion() {
    @Nullable URL place = Ed25519.class.getResource("Ed25519.class");
    try {
      if (place == null) {
        return Optional.empty();
      }
      URLConnection connection = place.openConnection();
      // A cached jar stays open for as long as the JVM runs, also after its class loader is gone.
      connection.setUseCaches(false);
      return connection instanceof JarURLConnection jar ? bundleVersion(jar) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<String> bundleVersion(JarURLConnection jar) throws IOException {
    try (JarFile opened = jar.getJarFile()) {
      return Optional.ofNullable(opened.getManifest())
          .map(manifest -> manifest.getMainAttributes().getValue("Bundle-Version"));
    }
  }
}
