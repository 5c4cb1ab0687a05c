package org.secrethandshake.crypto.sodium;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.secrethandshake.testkit.ForkedJava;

/** A JVM of its own that may go native: newer versions warn when JNA does, unless told so. */
final class NativeJava {
  private static final int FIRST_VERSION_THAT_WARNS = 24;

  private NativeJava() {}

  /** Does what {@link ForkedJava#run} does. */
  static String run(String... arguments) throws IOException, InterruptedException {
    if (Runtime.version().feature() < FIRST_VERSION_THAT_WARNS) {
      return ForkedJava.run(arguments);
    }
    String user = List.of(arguments).contains("--module-path") ? "com.sun.jna" : "ALL-UNNAMED";
    return ForkedJava.run(
        Stream.concat(Stream.of("--enable-native-access=" + user), Stream.of(arguments))
            .toArray(String[]::new));
  }
}
