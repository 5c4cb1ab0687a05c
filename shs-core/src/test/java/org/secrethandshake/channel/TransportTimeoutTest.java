package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A transport whose reads have a timeout of their own. */
@Timeout(20)
class TransportTimeoutTest {
  @Test
  void losesNothingWhenAReadRunsOutOfTime() throws Exception {
    try (ServerSocket listener = new ServerSocket()) {
      listener.bind(Peers.anyPort());
      Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
      try (ChannelPair pair =
          Wire.connect(
              new Transports.Pair(Transports.of(socket), Transports.of(listener.accept())))) {
        socket.setSoTimeout(1);
        ByteBuffer received = ByteBuffer.allocate(9);
        assertThrows(SocketTimeoutException.class, () -> pair.client().read(received));
        assertThrows(SocketTimeoutException.class, () -> pair.client().read(received));
        assertTrue(pair.client().isOpen());
        socket.setSoTimeout(0);
        pair.server().write(ByteBuffer.allocate(5));
        assertEquals(5, pair.client().read(received));
      }
    }
  }
}
