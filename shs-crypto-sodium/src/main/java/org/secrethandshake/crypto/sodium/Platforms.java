package org.secrethandshake.crypto.sodium;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

  /** Says what only helps on some systems, or nothing. */
  static String advice() {
    return isMusl()
        ? "This system has musl as its C library (Alpine does), which neither JNA's nor the bundled"
            + " binary is made for: install gcompat, or use the backend bouncycastle."
        : "If nothing helps, the backend bouncycastle needs no native code.";
  }

  private static boolean isMusl() {
    try (DirectoryStream<Path> loaders =
        Files.newDirectoryStream(Path.of("/lib"), "ld-musl-*.so*")) {
      return loaders.iterator().hasNext();
    } catch (IOException | RuntimeException notSuchASystem) {
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
