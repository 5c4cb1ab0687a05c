package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;

/** When a driver of its own closes the transport of a handshake that has failed. */
class HandshakeProgressTest {
  private static final Set<Reason> NO_ANSWER =
      EnumSet.of(Reason.CLOSED_BY_PEER, Reason.TRANSPORT, Reason.TIMEOUT);

  @ParameterizedTest
  @EnumSource
  void aServerWaitsForWhateverItAnswersToClientAuthenticate(Reason reason) {
    try (ServerHandshake handshake = Peers.SERVER.server()) {
      HandshakeProgress progress = new HandshakeProgress(handshake);
      progress.messageCame();
      progress.messageSent();
      progress.messageCame();
      long nanos = progress.nanosBeforeClose(failure(reason));
      if (NO_ANSWER.contains(reason)) {
        assertEquals(0, nanos);
      } else {
        assertTrue(nanos > 0 && nanos <= RefusalTime.STEP.toNanos(), () -> nanos + " ns");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatHasSaidNothingHasNothingToHide(Reason reason) {
    try (ServerHandshake handshake = Peers.SERVER.server()) {
      HandshakeProgress progress = new HandshakeProgress(handshake);
      progress.messageCame();
      assertEquals(0, progress.nanosBeforeClose(failure(reason)));
    }
  }

  @Test
  void aClientClosesAtOnce() {
    try (ClientHandshake handshake = Peers.CLIENT.client(Peers.BOBS_KEY)) {
      HandshakeProgress progress = new HandshakeProgress(handshake);
      progress.messageSent();
      progress.messageCame();
      progress.messageSent();
      for (Reason reason : Reason.values()) {
        assertEquals(0, progress.nanosBeforeClose(failure(reason)));
      }
    }
  }

  private static HandshakeException failure(Reason reason) {
    return new HandshakeException(reason, "failed");
  }
}
