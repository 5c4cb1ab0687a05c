package org.secrethandshake.crypto.primitives;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * The Bouncy Castle that this program found: its version, and whether a provider can work with it.
 *
 * <p>Thread-safe.
 */
public final class BouncyCastleLibrary {
  private static final String NEEDED =
      "org.bouncycastle:bcprov-jdk18on in version 1.85 or newer. Look for an older or another one"
          + " among the dependencies.";

  private BouncyCastleLibrary() {}

  /**
   * Uses every operation of a provider once, so that a method which an old library lacks shows here
   * and not in the middle of a handshake. Never throws.
   *
   * @return empty if all operations work; otherwise the cause, which names the version found
   */
  public static Optional<Throwable> unavailability(CryptoProvider provider) {
    try {
      SelfTest.run(provider);
      return Optional.empty();
    } catch (Throwable cause) {
      return Optional.of(new CryptoProviderException(sentence(provider.name(), cause), cause));
    }
  }

  private static String sentence(String name, Throwable cause) {
    return doesNotLink(cause)
        ? "The crypto backend " + name + " found " + found() + " and needs " + NEEDED
        : "The self-test of the crypto backend " + name + " failed with " + found() + ".";
  }

  private static boolean doesNotLink(Throwable cause) {
    return Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
        .anyMatch(LinkageError.class::isInstance);
  }

  /** Names the library and its version, such as {@code Bouncy Castle 1.86}. Never throws. */
  public static String found() {
    try {
      return "Bouncy Castle "
          + packageVersion().or(BouncyCastleLibrary::bundleVersion).orElse("of unknown version");
    } catch (LinkageError cause) {
      return "no Bouncy Castle";
    }
  }

  // For whoever packs the library into a jar of his own, with the version beside it.
  private static Optional<String> packageVersion() {
    return Optional.ofNullable(Ed25519.class.getPackage().getImplementationVersion());
  }

  // Its own jar states the bundle's version alone.
  private static Optional<String> bundleVersion() {
    @Nullable URL place = Ed25519.class.getResource("Ed25519.class");
    try {
      if (place != null && place.openConnection() instanceof JarURLConnection jar) {
        return Optional.ofNullable(jar.getMainAttributes())
            .map(attributes -> attributes.getValue("Bundle-Version"));
      }
    } catch (IOException unreadable) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
