package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.handshake.Handshake.Step;
import org.secrethandshake.handshake.ServerHandshake;

/** Any bytes, in any pieces, to a server: only the honest client's messages get anywhere. */
class ServerReceiveFuzzTest {
  static Stream<byte[]> seeds() {
    byte[] honest = Input.concat(Cast.HONEST.clientHello(), Cast.HONEST.clientAuthenticate());
    return Stream.of(
        Input.concat(new byte[] {0}, honest, new byte[] {1, 2, 3}),
        Input.concat(new byte[] {1}, honest),
        Input.concat(new byte[] {100}, honest));
  }

  @MethodSource("seeds")
  @FuzzTest
  void takesOnlyWhatTheHonestClientSays(byte[] bytes) {
    Delivery delivery = Delivery.of(new Input(bytes));
    try (ServerHandshake server = Cast.server()) {
      if (!delivery.honestMessage(Cast.HONEST.clientHello(), Reason.WRONG_NETWORK, server)) {
        assertThrows(IllegalStateException.class, server::clientKey);
        return;
      }
      assertArrayEquals(Cast.HONEST.serverHello(), Delivery.sent(server));
      if (!delivery.honestMessage(
          Cast.HONEST.clientAuthenticate(), Reason.BAD_CLIENT_AUTH, server)) {
        assertThrows(IllegalStateException.class, server::clientKey);
        return;
      }
      assertEquals(Step.AUTHORIZE, server.step());
      assertEquals(IdentityKey.of(Cast.CLIENT_KEY), server.clientKey());
      assertTrue(server.accept());
      assertArrayEquals(Cast.HONEST.serverAccept(), Delivery.sent(server));
      assertEquals(Step.DONE, server.step());
    }
  }
}
