package org.secrethandshake.conformance;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.secrethandshake.spi.CryptoProvider;

/** The libsodium that the native backend has loaded, for a mapping of our own. */
public final class LibsodiumBehind {
  /** The backend says in its description what it loaded, and from where. */
  private static final Pattern ORIGIN =
      Pattern.compile("\\((bundled|system|chosen), (.+?)(?: of lazysodium-java)?\\), through JNA");

  private LibsodiumBehind() {}

  /** Maps functions to the library that a backend has loaded. */
  public static <F extends Library> F load(CryptoProvider sodium, Class<F> functions) {
    Matcher origin = ORIGIN.matcher(sodium.description());
    if (!origin.find()) {
      throw new AssertionError("no origin in: " + sodium.description());
    }
    boolean isBundled = origin.group(1).equals("bundled");
    return Native.load(isBundled ? unpacked(origin.group(2)) : origin.group(2), functions);
  }

  private static String unpacked(String resource) {
    try {
      return Native.extractFromResourcePath("/" + resource, LibsodiumBehind.class.getClassLoader())
          .getPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
