package org.secrethandshake.crypto.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ForkedJava;

/** What a user sees whose other dependencies brought another Bouncy Castle, or none. */
class OtherBouncyCastleTest {
  private static final String OLDER = System.getProperty("shs.test.older.bouncycastle");
  private static final String ADVICE =
      " and needs org.bouncycastle:bcprov-jdk18on in version 1.85 or newer."
          + " Look for an older or another one among the dependencies.";

  @Test
  void namesTheOlderVersionFound() throws Exception {
    String output = runWith(ForkedJava.classPath(entry -> !isCurrent(entry)), OLDER);

    assertEquals("The crypto backend bouncycastle found Bouncy Castle 1.78.1" + ADVICE, output);
  }

  @Test
  void saysThatThereIsNone() throws Exception {
    String output = runWith(ForkedJava.classPath(entry -> !isCurrent(entry)));

    assertEquals("The crypto backend bouncycastle found no Bouncy Castle" + ADVICE, output);
  }

  private static String runWith(String... classPath) throws Exception {
    return ForkedJava.run(
        "-cp", String.join(File.pathSeparator, classPath), Program.class.getName());
  }

  private static boolean isCurrent(String entry) {
    return entry.contains("bcprov");
  }

  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      for (CryptoProvider provider : ServiceLoader.load(CryptoProvider.class)) {
        System.out.println(
            provider.unavailability().map(Throwable::getMessage).orElse("available"));
      }
    }
  }
}
