package org.secrethandshake.crypto.tink;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ForkedJava;

class ModulePathTest {
  @Test
  void isFoundAndWorksAsAModule() throws Exception {
    String module = "org.secrethandshake.crypto.tink";
    String output =
        ForkedJava.run(
            "--module-path",
            ForkedJava.classPath(ModulePathTest::isNeeded),
            "--patch-module",
            module + "=" + ForkedJava.classPath(entry -> entry.endsWith("test-classes")),
            "--module",
            module + "/" + Program.class.getName());

    assertTrue(output.matches("tink from " + module + ": Tink \\d+\\.\\d+\\.\\d+ for .*"), output);
  }

  private static boolean isNeeded(String entry) {
    return entry.matches(".*(shs-api|shs-crypto|bcprov|tink-).*")
        && !entry.endsWith("test-classes");
  }

  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      CryptoProvider provider = CryptoProviders.named("tink");
      System.out.printf(
          "%s from %s: %s%n",
          provider.name(), provider.getClass().getModule().getName(), provider.description());
    }
  }
}
