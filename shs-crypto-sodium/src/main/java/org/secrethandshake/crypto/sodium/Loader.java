package org.secrethandshake.crypto.sodium;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.LoadFailure;

/**
 * Loads libsodium from where the user chose and maps {@link Libsodium} to it.
 *
 * <p>What a failure means is read from its cause first, since most of them can happen at any step;
 * what is left is the step's own. There is no second attempt elsewhere: what was chosen is loaded,
 * or nothing.
 */
final class Loader {
  static final String BUNDLED = "bundled";
  static final String SYSTEM = "system";

  static final String MIXED = "mixed";
  static final String NATIVE = "native";

  private static final int POINTER_BYTES = 8;

  private static final String JNA = "net.java.dev.jna:jna in version 5.13 or newer";
  private static final String JNA_CLASSES = "com.sun.jna.";

  /** Set by JNA when it has unpacked its native part, right before it loads that. */
  private static final String JNA_UNPACKED = "jnidispatch.path";

  private static final String CHOICE_ADVICE =
      "-D%s chooses the library: %s, %s or a path."
          .formatted(SodiumCryptoProvider.LIBRARY_PROPERTY, BUNDLED, SYSTEM);

  /**
   * Else JNA would take a library from the class path without saying so. JNA keeps it, so it is of
   * a class of the JDK: one of ours would hold our class loader.
   */
  private static final ClassLoader NO_RESOURCES = new URLClassLoader(new URL[0], null);

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

  /**
   * Returns the longest message that is boxed in Java, by the system property.
   *
   * @throws CryptoProviderException if the property has another value than the two it may have
   */
  static int mostJavaBytes() {
    String choice = System.getProperty(SodiumCryptoProvider.BOXES_PROPERTY, MIXED);
    return switch (choice) {
      case MIXED -> SodiumSecretBox.MOST_JAVA_BYTES;
      case NATIVE -> SodiumSecretBox.NONE_IN_JAVA;
      default ->
          throw new CryptoProviderException(
              "-D%s=%s is not known: it says who makes short boxes, %s (Java, the default) or %s"
                      .formatted(SodiumCryptoProvider.BOXES_PROPERTY, choice, MIXED, NATIVE)
                  + " (libsodium).");
    };
  }

  private static void startJna() {
    step(
        "JNA was not found",
        cause -> "Add " + JNA + ".",
        () -> Class.forName("com.sun.jna.Native", false, Loader.class.getClassLoader()));
    int pointerBytes = step("JNA did not start", Loader::jnaAdvice, () -> Native.POINTER_SIZE);
    if (pointerBytes != POINTER_BYTES) {
      throw new CryptoProviderException(
          "The native crypto backend needs a 64-bit JVM, and this one is not: use one, or the"
              + " backend bouncycastle.");
    }
  }

  private static String jnaAdvice(LoadFailure cause) {
    if (!cause.is(UnsatisfiedLinkError.class)) {
      return Platforms.NATIVE_FREE;
    }
    // JNA deletes the file once it is loaded.
    @Nullable String unpacked = System.getProperty(JNA_UNPACKED);
    if (unpacked != null && Files.exists(Path.of(unpacked))) {
      return Platforms.adviceAboutUnpacked(Path.of(unpacked));
    }
    return Platforms.hasNativePartOfJna()
        ? Platforms.adviceAboutUnpacking("its native part")
        : "The JNA on the path has no native part for this system ("
            + Platform.RESOURCE_PREFIX
            + "): use its whole jar, "
            + JNA
            + ". "
            + Platforms.NATIVE_FREE;
  }

  private static String loadBundled() {
    String resource = Platforms.bundledResource();
    ClassLoader loader = Loader.class.getClassLoader();
    if (loader.getResource(resource) == null) {
      throw new CryptoProviderException(
          "libsodium cannot be used: the bundled one was not found. Keep"
              + " com.goterl:lazysodium-java, which holds it, on the path. "
              + CHOICE_ADVICE);
    }
    File file =
        step(
            "the bundled libsodium was not unpacked",
            cause -> Platforms.adviceAboutUnpacking("libsodium") + " " + CHOICE_ADVICE,
            () -> Native.extractFromResourcePath("/" + resource, loader));
    map(
        file.getPath(),
        cause -> Platforms.adviceAboutUnpacked(file.toPath()) + " " + CHOICE_ADVICE);
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
            cause ->
                "Install libsodium 1.0.18 or newer (libsodium23 on Debian), or say where it is with"
                    + " -Djna.library.path. "
                    + CHOICE_ADVICE);
    return "system, " + Platforms.pathOf(library);
  }

  private static String loadFile(String choice) {
    Path file = Path.of(choice).toAbsolutePath();
    if (!Files.isRegularFile(file)) {
      throw new CryptoProviderException(
          "There is no libsodium at %s. %s".formatted(file, CHOICE_ADVICE));
    }
    NativeLibrary library =
        map(file.toString(), cause -> Platforms.adviceAboutChosen(file) + " " + CHOICE_ADVICE);
    return "chosen, " + Platforms.pathOf(library);
  }

  private static NativeLibrary map(String name, Function<LoadFailure, String> advice) {
    NativeLibrary library =
        step(
            "libsodium was not loaded",
            advice,
            () ->
                NativeLibrary.getInstance(name, Map.of(Library.OPTION_CLASSLOADER, NO_RESOURCES)));
    step(
        "a function is missing in " + library.getName(),
        cause ->
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

  private static <T> T step(
      String failure, Function<LoadFailure, String> advice, Callable<T> step) {
    try {
      return step.call();
    } catch (Throwable cause) {
      LoadFailure read = LoadFailure.of(cause);
      throw new CryptoProviderException(
          "libsodium cannot be used: %s (%s). %s"
              .formatted(
                  failure, inWords(cause), commonAdvice(read).orElseGet(() -> advice.apply(read))),
          cause);
    }
  }

  /** The advice for a cause that means the same at every step. */
  private static Optional<String> commonAdvice(LoadFailure cause) {
    if (cause.is(IllegalCallerException.class)) {
      return Optional.of(
          "This JVM denies native access: start it with --enable-native-access=%s."
              .formatted(nativeCaller()));
    }
    if (cause.missingClass().filter(name -> name.startsWith(JNA_CLASSES)).isPresent()) {
      return Optional.of("Add " + JNA + ".");
    }
    if (cause.is(IncompatibleClassChangeError.class)) {
      return Optional.of(
          "The path has JNA %s, and another one is needed: %s.".formatted(jnaVersion(), JNA));
    }
    return cause.missingModule("JNA");
  }

  private static String nativeCaller() {
    Module jna = Native.class.getModule();
    return jna.isNamed() ? jna.getName() : "ALL-UNNAMED";
  }

  // JNA tries several ways and reports each, the last one being the class path that we forbid.
  private static String inWords(Throwable cause) {
    if (!(cause instanceof UnsatisfiedLinkError) || cause.getMessage() == null) {
      return LoadFailure.of(cause).inWords();
    }
    return cause
        .getMessage()
        .lines()
        .map(String::strip)
        .filter(line -> !line.contains("not found in resource path"))
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
