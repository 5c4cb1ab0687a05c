package org.secrethandshake.testkit;

import java.util.ArrayDeque;
import java.util.Queue;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A provider whose random bytes are written in advance, so that a whole handshake can be compared
 * with a recorded one. Everything else comes from the provider behind it.
 *
 * <p>Each {@link #randomBytes} takes the next draw, which must have exactly the length asked for. A
 * draw too many or of another length is an {@link AssertionError}: the code under test does not
 * draw what the script says it draws.
 *
 * <p>Thread-safe, though a script makes sense for one handshake at a time.
 *
 * <pre>{@code
 * ScriptedRandomness crypto = new ScriptedRandomness(provider, ephemeralScalar);
 * }</pre>
 */
public final class ScriptedRandomness extends DelegatingCryptoProvider {
  private final Queue<byte[]> script = new ArrayDeque<>();
  private int drawn;

  /**
   * Creates a provider with a script.
   *
   * @param draws what the calls return, in this order; copied
   */
  public ScriptedRandomness(CryptoProvider delegate, byte[]... draws) {
    super(delegate);
    for (byte[] draw : draws) {
      script.add(draw.clone());
    }
  }

  /**
   * Gives the next draw of the script.
   *
   * @throws AssertionError if the script has ended, or its next draw has another length
   */
  @Override
  public synchronized void randomBytes(byte[] out) {
    byte[] draw = script.poll();
    if (draw == null) {
      throw new AssertionError(
          "The script of randomness ended after " + drawn + " draws, but one more was asked for.");
    }
    drawn++;
    if (draw.length != out.length) {
      throw new AssertionError(
          String.format(
              "Draw %s was asked for %s bytes, but the script has %s.",
              drawn, out.length, draw.length));
    }
    System.arraycopy(draw, 0, out, 0, out.length);
  }

  /** Returns how many draws the script still has; 0 after a test that used them all. */
  public synchronized int remaining() {
    return script.size();
  }
}
