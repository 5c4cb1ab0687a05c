package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake.Step;

/**
 * Any bytes, in any pieces, to a client: only the messages of the server it dialled get anywhere.
 */
class ClientReceiveFuzzTest {
  static Stream<byte[]> seeds() {
    byte[] honest = Input.concat(Cast.HONEST.serverHello(), Cast.HONEST.serverAccept());
    return Stream.of(
        Input.concat(new byte[] {0}, honest, new byte[] {1, 2, 3}),
        Input.concat(new byte[] {1}, honest),
        Input.concat(new byte[] {100}, honest));
  }

  @MethodSource("seeds")
  @FuzzTest
  void takesOnlyWhatTheHonestServerSays(byte[] bytes) {
    Delivery delivery = Delivery.of(new Input(bytes));
    try (ClientHandshake client = Cast.client()) {
      assertArrayEquals(Cast.HONEST.clientHello(), Delivery.sent(client));
      if (!delivery.honestMessage(Cast.HONEST.serverHello(), Reason.WRONG_NETWORK, client)) {
        return;
      }
      assertArrayEquals(Cast.HONEST.clientAuthenticate(), Delivery.sent(client));
      if (delivery.honestMessage(Cast.HONEST.serverAccept(), Reason.BAD_SERVER_ACCEPT, client)) {
        assertEquals(Step.DONE, client.step());
      }
    }
  }
}
