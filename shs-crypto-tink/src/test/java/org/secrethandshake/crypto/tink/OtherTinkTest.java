package org.secrethandshake.crypto.tink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Security;
import org.junit.jupiter.api.Test;
import org.secrethandshake.testkit.ForkedJava;

/** What a user sees whose dependencies brought no Tink. */
class OtherTinkTest {
  @Test
  void saysThatThereIsNone() throws Exception {
    String output =
        ForkedJava.run(
            "-cp",
            ForkedJava.classPath(entry -> !entry.contains("tink-1")),
            Program.class.getName());

    assertEquals(
        "tink: The crypto backend tink found no Tink. Add com.google.crypto.tink:tink 1.24 or newer.",
        output);
  }

  /** The self-test runs every operation. */
  @Test
  void worksWithoutBouncyCastle() throws Exception {
    String output =
        ForkedJava.run(
            "-cp",
            ForkedJava.classPath(entry -> !entry.contains("bcprov")),
            Program.class.getName());

    assertEquals("tink: available", output);
  }

  @Test
  void blamesTheRuntimeThatLacksAModule() throws Exception {
    String output =
        ForkedJava.run(
            "--limit-modules",
            "java.base",
            "-cp",
            ForkedJava.classPath(entry -> true),
            Program.class.getName());

    assertEquals(
        "tink: The crypto backend tink cannot be used: This Java runtime lacks the module"
            + " java.logging, which Tink needs. An image made by jlink has only the modules that it"
            + " was given: name this one, too, after --add-modules.",
        output);
  }

  /** The JDK's part is missing when its providers were taken out of its security properties. */
  @Test
  void saysThatTheJdkLacksAnAlgorithm() throws Exception {
    String output =
        ForkedJava.run(
            "-cp", ForkedJava.classPath(entry -> true), Program.class.getName(), "without SunJCE");

    assertTrue(
        output.startsWith(
            "tink: The self-test of the crypto backend tink failed: Algorithm HmacSHA512 not"
                + " available. Found: Tink 1."),
        output);
  }

  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      if (arguments.length > 0) {
        Security.removeProvider("SunJCE");
      }
      TinkCryptoProvider provider = new TinkCryptoProvider();
      System.out.println(
          provider.name()
              + ": "
              + provider.unavailability().map(Throwable::getMessage).orElse("available"));
    }
  }
}
