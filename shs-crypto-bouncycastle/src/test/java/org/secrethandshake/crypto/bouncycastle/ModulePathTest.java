package org.secrethandshake.crypto.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ForkedJava;

class ModulePathTest {
  @Test
  void isFoundAndWorksAsAModule() throws Exception {
    String module = "org.secrethandshake.crypto.bouncycastle";
    String output =
        ForkedJava.run(
            "--module-path",
            ForkedJava.classPath(ModulePathTest::isNeeded),
            "--patch-module",
            module + "=" + ForkedJava.classPath(entry -> entry.endsWith("test-classes")),
            "--module",
            module + "/" + Program.class.getName());

    assertTrue(
        output.matches("bouncycastle from " + module + ": Bouncy Castle \\d+\\.\\d+ .*"), output);
  }

  private static boolean isNeeded(String entry) {
    return entry.matches(".*(shs-api|shs-crypto|bcprov).*") && !entry.endsWith("test-classes");
  }

  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      CryptoProvider provider = CryptoProviders.named("bouncycastle");
      System.out.printf(
          "%s from %s: %s%n",
          provider.name(), provider.getClass().getModule().getName(), provider.description());
    }
  }
}
