package org.secrethandshake.boxstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.BoxStreamException.Reason;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** A direction that failed once is dead and its key wiped, though its backend works again. */
class BrokenBoxTest {
  private static final ArithmeticException FAULT = new ArithmeticException("a cosmic ray");

  private boolean broken;
  private boolean closed;

  @Test
  void aBoxerUsesNoNonceAgainAfterItsBackendBroke() {
    Boxer boxer = new Boxer(breakable(), key(), new byte[SecretBox.NONCE_BYTES]);
    broken = true;
    ByteBuffer packet = ByteBuffer.allocate(100);
    assertBroken(() -> boxer.box(ByteBuffer.wrap(new byte[] {1, 2, 3}), packet));
    assertEquals(0, packet.position());
    assertArrayEquals(new byte[100], packet.array(), "no plaintext stays behind");
    broken = false;
    assertClosed("this boxer is closed", () -> boxer.box(ByteBuffer.wrap(new byte[1]), packet));
    assertClosed("this boxer is closed", () -> boxer.goodbye(packet));
    assertEquals(true, closed, "its key is wiped");
  }

  @Test
  void anUnboxerSkipsNothingAfterItsBackendBroke() {
    Unboxer unboxer = new Unboxer(breakable(), key(), new byte[SecretBox.NONCE_BYTES]);
    byte[] packet = Streams.boxed(Streams.boxer(), new byte[] {1, 2, 3});
    broken = true;
    assertBroken(() -> unboxer.unbox(ByteBuffer.wrap(packet), ByteBuffer.allocate(9)));
    broken = false;
    assertClosed(
        "this unboxer is closed",
        () -> unboxer.unbox(ByteBuffer.wrap(packet), ByteBuffer.allocate(9)));
    assertEquals(true, closed, "its key is wiped");
  }

  @Test
  void anUnboxerWipesItsKeyWithItsFirstError() {
    Unboxer unboxer = new Unboxer(breakable(), key(), new byte[SecretBox.NONCE_BYTES]);
    BoxStreamException error = assertThrows(BoxStreamException.class, unboxer::endOfInput);
    assertEquals(Reason.TRUNCATED, error.reason());
    assertEquals(true, closed, "its key is wiped");
  }

  private static void assertBroken(org.junit.jupiter.api.function.Executable call) {
    assertSame(FAULT, assertThrows(CryptoProviderException.class, call).getCause());
  }

  private static void assertClosed(String part, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalStateException.class, call).getMessage();
    assertEquals(part + " and its key is wiped", message);
  }

  private static byte[] key() {
    return Streams.pattern(SecretBox.KEY_BYTES);
  }

  private CryptoProvider breakable() {
    return new DelegatingCryptoProvider(Streams.CRYPTO) {
      @Override
      public SecretBox secretBox(byte[] key) {
        SecretBox box = super.secretBox(key);
        return new SecretBox() {
          @Override
          public void seal(byte[] nonce, byte[] array, int offset, int length) {
            requireWorking();
            box.seal(nonce, array, offset, length);
          }

          @Override
          public boolean open(byte[] nonce, byte[] array, int offset, int length) {
            requireWorking();
            return box.open(nonce, array, offset, length);
          }

          @Override
          public void close() {
            closed = true;
            box.close();
          }
        };
      }
    };
  }

  private void requireWorking() {
    if (broken) {
      throw FAULT;
    }
  }
}
