package org.secrethandshake.crypto.tink;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
        "tink: The crypto backend tink found no Tink, which does not work here; it was made for"
            + " com.google.crypto.tink:tink 1.24. Look for an older or another one among the"
            + " dependencies.",
        output);
  }

  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      TinkCryptoProvider provider = new TinkCryptoProvider();
      System.out.println(
          provider.name()
              + ": "
              + provider.unavailability().map(Throwable::getMessage).orElse("available"));
    }
  }
}
