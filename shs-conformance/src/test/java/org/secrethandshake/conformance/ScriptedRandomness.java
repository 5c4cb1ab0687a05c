package org.secrethandshake.conformance;

import java.util.ArrayDeque;
import java.util.Queue;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A provider whose random bytes are written in advance. A draw too many, or of another length, is
 * an {@link AssertionError}.
 */
final class ScriptedRandomness extends DelegatingCryptoProvider {
  private final Queue<byte[]> script = new ArrayDeque<>();

  ScriptedRandomness(CryptoProvider delegate, byte[]... draws) {
    super(delegate);
    for (byte[] draw : draws) {
      script.add(draw.clone());
    }
  }

  @Override
  public synchronized void randomBytes(byte[] out) {
    byte[] draw = script.poll();
    if (draw == null || draw.length != out.length) {
      throw new AssertionError("the script has no draw of " + out.length + " bytes here");
    }
    System.arraycopy(draw, 0, out, 0, out.length);
  }
}
