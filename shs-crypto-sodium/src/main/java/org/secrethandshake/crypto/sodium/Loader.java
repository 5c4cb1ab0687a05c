package org.secrethandshake.crypto.sodium;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * Loads libsodium from where the user chose and maps {@link Libsodium} to it.
 *
 * <p>Each step that can fail has its own advice, because the same exception means another thing at
 * another step. There is no second attempt elsewhere: what was chosen is loaded, or nothing.
 */
final class Loader {
  static final String BUNDLED = "bundled";
  static final String SYSTEM = "system";

  private static final int POINTER_BYTES = 8;

  private static final String JNA_ADVICE =
      "Add net.java.dev.jna:jna in version 5.13 or newer, and look for an older one among the"
          + " dependencies.";
  private static final String CHOICE_ADVICE =
      "-D%s chooses the library: %s, %s or a path."
          .formatted(SodiumCryptoProvider.LIBRARY_PROPERTY, BUNDLED, SYSTEM);

  private Loader() {}

  /**
   * Loads what the system property names.
   *
   * @return what was loaded, in one line
   * @throws CryptoProviderException if that fails, with what to do about it
   */
  static String load() {
    startJna();
    String choice = System.getProperty(SodiumCryptoProvider.LIBRARY_PROPERTY, BUNDLED);
    String origin =
        switch (choice) {
          case BUNDLED -> loadBundled();
          case SYSTEM -> loadSystem();
          default -> loadFile(choice);
        };
    return "libsodium %s (%s), through JNA %s".formatted(initialise(), origin, jnaVersion());
  }

  private static void startJna() {
    step(
        "JNA was not found",
        JNA_ADVICE,
        () -> Class.forName("com.sun.jna.Native", false, Loader.class.getClassLoader()));
    int pointerBytes =
        step(
            "JNA did not start",
            "It unpacks its native part first: make %s writable, not full and not mounted noexec, or name another folder with -Djna.tmpdir. %s"
                .formatted(temporaryFolder(), Platforms.advice()),
            () -> Native.POINTER_SIZE);
    if (pointerBytes != POINTER_BYTES) {
      throw new CryptoProviderException(
          "The native crypto backend needs a 64-bit JVM, and this one is not: use one, or the"
              + " backend bouncycastle.");
    }
  }

  private static String loadBundled() {
    String resource = Platforms.bundledResource();
    File file =
        step(
            "the bundled libsodium was not unpacked",
            "Keep com.goterl:lazysodium-java, which holds it, on the path, and make %s writable and not full, or name another folder with -Djna.tmpdir. %s"
                .formatted(temporaryFolder(), CHOICE_ADVICE),
            () -> Native.extractFromResourcePath("/" + resource, Loader.class.getClassLoader()));
    map(
        file.getPath(),
        "The temporary folder may be mounted noexec: name another with -Djna.tmpdir. %s %s"
            .formatted(Platforms.advice(), CHOICE_ADVICE));
    deleteUnpacked(file);
    return "bundled, " + resource + " of lazysodium-java";
  }

  // On Windows a loaded file cannot be deleted; there JNA does it later.
  private static void deleteUnpacked(File file) {
    if (file.getName().startsWith("jna")) {
      boolean unused = file.delete();
    }
  }

  private static String loadSystem() {
    NativeLibrary library =
        map(
            "sodium",
            "Install libsodium 1.0.18 or newer (libsodium23 on Debian), or say where it is with -Djna.library.path. %s"
                .formatted(CHOICE_ADVICE));
    return "system, " + Platforms.pathOf(library);
  }

  private static String loadFile(String choice) {
    Path file = Path.of(choice).toAbsolutePath();
    if (!Files.isRegularFile(file)) {
      throw new CryptoProviderException(
          "There is no libsodium at %s. %s".formatted(file, CHOICE_ADVICE));
    }
    NativeLibrary library =
        map(
            file.toString(),
            "Is it a libsodium 1.0.18 or newer, for this system and processor? " + CHOICE_ADVICE);
    return "chosen, " + Platforms.pathOf(library);
  }

  private static NativeLibrary map(String name, String advice) {
    NativeLibrary library =
        step(
            "libsodium was not loaded",
            advice,
            () ->
                NativeLibrary.getInstance(
                    name, Map.of(Library.OPTION_CLASSLOADER, new NoResources())));
    step(
        "a function is missing in " + library.getName(),
        "This libsodium is older than 1.0.18, or was built without some functions. "
            + CHOICE_ADVICE,
        () -> {
          Native.register(Libsodium.class, library);
          return true;
        });
    return library;
  }

  private static String initialise() {
    if (Libsodium.sodium_init() < 0) {
      throw new CryptoProviderException(
          "libsodium was loaded and did not initialise itself: it found no source of randomness.");
    }
    return new Pointer(Libsodium.sodium_version_string()).getString(0);
  }

  // Native.VERSION is a constant, so it would tell with which version this class was compiled.
  private static String jnaVersion() {
    return Optional.ofNullable(Native.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .or(() -> Optional.ofNullable(Native.class.getPackage().getImplementationVersion()))
        .orElse("of unknown version");
  }

  private static String temporaryFolder() {
    return "the temporary folder ("
        + System.getProperty("jna.tmpdir", System.getProperty("java.io.tmpdir", "unknown"))
        + ")";
  }

  private static <T> T step(String failure, String advice, Callable<T> step) {
    try {
      return step.call();
    } catch (Throwable cause) {
      throw new CryptoProviderException(
          "libsodium cannot be used: %s (%s). %s".formatted(failure, oneLine(cause), advice),
          cause);
    }
  }

  private static String oneLine(Throwable cause) {
    return cause.toString().strip().replaceAll("\\s+", " ");
  }

  /** Else JNA would take a library from the class path without saying so. */
  private static final class NoResources extends ClassLoader {
    NoResources() {
      super(null);
    }
  }
}
