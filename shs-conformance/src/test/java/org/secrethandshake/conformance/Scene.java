package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;

/** The fixed cast of the attack tests: one network, one honest client, one honest server. */
public final class Scene {
  public static final byte[] NETWORK = filled(0x01);
  public static final byte[] CLIENT_SEED = filled(0x02);
  public static final byte[] SERVER_SEED = filled(0x03);

  private Scene() {}

  public static byte[] filled(int value) {
    byte[] bytes = new byte[CryptoProvider.SEED_BYTES];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  public static Formulas formulas(CryptoProvider crypto) {
    return new Formulas(crypto, NETWORK);
  }

  /** Our client, dialling the server's true key. */
  public static ClientHandshake client(CryptoProvider crypto) {
    byte[] serverKey = formulas(crypto).publicKey(SERVER_SEED);
    return Handshakes.client(crypto, NETWORK, CLIENT_SEED, serverKey);
  }

  public static ServerHandshake server(CryptoProvider crypto) {
    return Handshakes.server(crypto, NETWORK, SERVER_SEED);
  }

  /** Delivers a message that must be refused for this reason and leave the handshake dead. */
  public static void assertRefused(Reason reason, byte[] message, Handshake handshake) {
    HandshakeException refusal =
        assertThrows(HandshakeException.class, () -> Handshakes.deliver(message, handshake));
    assertEquals(reason, refusal.reason());
    assertDead(handshake);
  }

  /** Checks that nothing can be done with a handshake any more. */
  public static void assertDead(Handshake handshake) {
    assertEquals(Handshake.Step.FAILED, handshake.step());
    assertEquals(0, handshake.bytesNeeded());
    assertThrows(IllegalStateException.class, () -> Handshakes.sent(handshake));
    assertThrows(IllegalStateException.class, handshake::finish);
    assertThrows(
        IllegalStateException.class, () -> handshake.receive(ByteBuffer.allocate(Long.BYTES)));
  }
}
