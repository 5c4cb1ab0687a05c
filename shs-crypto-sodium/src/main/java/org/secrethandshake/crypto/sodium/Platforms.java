package org.secrethandshake.crypto.sodium;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.secrethandshake.spi.CryptoProviderException;

/** What differs between the systems that libsodium is loaded on. */
final class Platforms {
  // The folders of lazysodium-java, by JNA's names of the platforms.
  private static final Map<String, String> BUNDLED =
      Map.of(
          "linux-x86-64", "linux64/libsodium.so",
          "linux-aarch64", "arm64/libsodium.so",
          "darwin-x86-64", "mac/intel/libsodium.dylib",
          "darwin-aarch64", "mac/aarch64/libsodium.dylib",
          "win32-x86-64", "windows64/libsodium.dll");

  static final String NATIVE_FREE = "The backend bouncycastle needs no native code.";

  private static final Path MOUNTS = Path.of("/proc/self/mounts");
  private static final Path MAPPINGS = Path.of("/proc/self/maps");

  private Platforms() {}

  /**
   * Returns the name of the resource that holds libsodium for this platform.
   *
   * @throws CryptoProviderException if there is none
   */
  static String bundledResource() {
    return Optional.ofNullable(BUNDLED.get(Platform.RESOURCE_PREFIX))
        .orElseThrow(
            () ->
                new CryptoProviderException(
                    "No libsodium is bundled for "
                        + Platform.RESOURCE_PREFIX
                        + ": install it and set -D"
                        + SodiumCryptoProvider.LIBRARY_PROPERTY
                        + "="
                        + Loader.SYSTEM
                        + ", or use the backend bouncycastle."));
  }

  /** Says what to do when a library was not loaded that JNA has unpacked. */
  static String adviceAboutUnpacked(Path file) {
    return isMusl()
        ? "This system has musl as its C library (Alpine does), which neither JNA's nor the bundled"
            + " binary is made for: install gcompat, or use the backend bouncycastle."
        : adviceAboutFile(file, "have JNA unpack into another one with -Djna.tmpdir=FOLDER");
  }

  /** Says what to do when a library was not loaded that the user has chosen. */
  static String adviceAboutChosen(Path file) {
    return adviceAboutFile(file, "move the library to another one");
  }

  private static String adviceAboutFile(Path file, String remedy) {
    Path folder = file.toAbsolutePath().getParent();
    return folder != null && isMountedNoexec(folder)
        ? "The folder " + folder + " is mounted noexec: " + remedy + "."
        : "It may be made for another system or processor than this one ("
            + Platform.RESOURCE_PREFIX
            + "). "
            + NATIVE_FREE;
  }

  /** Says what to do when JNA could not unpack something. */
  static String adviceAboutUnpacking(String what) {
    return "JNA unpacks %s into %s: make that folder writable, with some megabytes of room, or name another with -Djna.tmpdir=FOLDER."
        .formatted(what, unpackingFolder());
  }

  /**
   * Returns the folder that JNA unpacks into, as JNA chooses it: the one that is named by a
   * property, else its cache folder, else, if that cannot be written to, the temporary folder.
   */
  static Path unpackingFolder() {
    String named = System.getProperty("jna.tmpdir");
    if (named != null) {
      return Path.of(named);
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", ""));
    Path cache = cacheFolder(temporary);
    return Files.isWritable(cache) ? cache : temporary;
  }

  private static Path cacheFolder(Path temporary) {
    String home = System.getProperty("user.home", "");
    if (Platform.isMac()) {
      return Path.of(home, "Library", "Caches", "JNA", "temp");
    }
    if (Platform.isWindows() || Platform.isWindowsCE()) {
      return temporary.resolve("jna-" + System.getProperty("user.name", "").hashCode());
    }
    String caches = Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), "").strip();
    return (caches.isEmpty() ? Path.of(home, ".cache") : Path.of(caches)).resolve("JNA/temp");
  }

  static boolean hasNativePartOfJna() {
    return Native.class.getResource(
            "/com/sun/jna/%s/%s"
                .formatted(
                    Platform.RESOURCE_PREFIX,
                    System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib")))
        != null;
  }

  // Lines are "device place kind options ...", and the last mount that holds the folder counts.
  private static boolean isMountedNoexec(Path folder) {
    try (Stream<String> lines = Files.lines(MOUNTS)) {
      Path real = folder.toRealPath();
      return lines
          .map(line -> line.split(" "))
          .filter(
              columns -> columns.length > 3 && real.startsWith(columns[1].replace("\\040", " ")))
          .reduce((one, other) -> other[1].length() >= one[1].length() ? other : one)
          .map(columns -> List.of(columns[3].split(",")).contains("noexec"))
          .orElse(false);
    } catch (IOException | RuntimeException notLinux) {
      return false;
    }
  }

  // What this process runs with: other systems may have musl beside their own C library.
  private static boolean isMusl() {
    try (Stream<String> lines = Files.lines(MAPPINGS)) {
      return lines.anyMatch(line -> line.contains("/ld-musl-"));
    } catch (IOException | RuntimeException notLinux) {
      return false;
    }
  }

  /** Finds out which file a library is, which the system's loader may have chosen. */
  static String pathOf(NativeLibrary library) {
    long function = Pointer.nativeValue(library.getFunction("sodium_init"));
    return mappingAt(function)
        .or(() -> Optional.ofNullable(library.getFile()).map(Object::toString))
        .orElse("found by the system's loader");
  }

  // Lines are "from-to mode offset device inode path", with hexadecimal addresses.
  private static Optional<String> mappingAt(long address) {
    try (Stream<String> lines = Files.lines(MAPPINGS)) {
      return lines
          .map(line -> line.split("\\s+", 6))
          .filter(columns -> columns.length == 6 && contains(columns[0], address))
          .map(columns -> columns[5])
          .findFirst();
    } catch (IOException | RuntimeException notLinux) {
      return Optional.empty();
    }
  }

  private static boolean contains(String range, long address) {
    String[] ends = range.split("-", 2);
    return Long.compareUnsigned(Long.parseUnsignedLong(ends[0], 16), address) <= 0
        && Long.compareUnsigned(address, Long.parseUnsignedLong(ends[1], 16)) < 0;
  }
}
