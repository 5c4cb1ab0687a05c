package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.secrethandshake.spi.CryptoProvider;

class ScriptedRandomnessTest {
  private final CryptoProvider unused =
      (CryptoProvider)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {CryptoProvider.class},
              (proxy, method, arguments) -> {
                throw new AssertionError("the script draws from nobody");
              });

  @Test
  void givesItsDrawsInOrder() {
    ScriptedRandomness script = new ScriptedRandomness(unused, new byte[] {1, 2}, new byte[] {3});
    byte[] first = new byte[2];
    byte[] second = new byte[1];

    script.randomBytes(first);
    assertEquals(1, script.remaining());
    script.randomBytes(second);

    assertArrayEquals(new byte[] {1, 2}, first);
    assertArrayEquals(new byte[] {3}, second);
    assertEquals(0, script.remaining());
  }

  @Test
  void refusesADrawAfterItsEnd() {
    ScriptedRandomness script = new ScriptedRandomness(unused, new byte[1]);
    script.randomBytes(new byte[1]);

    AssertionError error =
        assertThrows(AssertionError.class, () -> script.randomBytes(new byte[1]));

    assertEquals(
        "The script of randomness ended after 1 draws, but one more was asked for.",
        error.getMessage());
  }

  @Test
  void refusesADrawOfAnotherLength() {
    ScriptedRandomness script = new ScriptedRandomness(unused, new byte[32]);

    AssertionError error =
        assertThrows(AssertionError.class, () -> script.randomBytes(new byte[31]));

    assertEquals("Draw 1 was asked for 31 bytes, but the script has 32.", error.getMessage());
  }

  @Test
  void keepsItsOwnCopyOfTheDraws() {
    byte[] draw = {1};
    ScriptedRandomness script = new ScriptedRandomness(unused, draw);
    draw[0] = 2;
    byte[] out = new byte[1];

    script.randomBytes(out);

    assertArrayEquals(new byte[] {1}, out);
  }
}
