package org.secrethandshake.benchmarks.footprint;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A jar, or a folder of classes.
 *
 * @param path where it is
 */
record ClassPathEntry(Path path) {
  /** Such as {@code shs-api-0.1.0-SNAPSHOT.jar}, but not {@code shs-api-0.1.0-sources.jar}. */
  private static final Pattern JAR =
      Pattern.compile("(.+?)-\\d[^/]*?(?<!-sources|-javadoc|-tests)\\.jar");

  /** Where a class was loaded from. */
  static Path of(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the classes have no place of their own", e);
    }
  }

  /**
   * Returns the module's name: that of a jar without its version, that of a Maven module for its
   * folder {@code target/classes}, else nothing.
   */
  String module() {
    Path name = path.getFileName();
    if (path.endsWith(Path.of("target", "classes")) && path.getNameCount() > 2) {
      return path.getName(path.getNameCount() - 3).toString();
    }
    Matcher jar = JAR.matcher(name == null ? "" : name.toString());
    return jar.matches() ? jar.group(1) : "";
  }
}
