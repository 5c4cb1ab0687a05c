package org.secrethandshake.site.samples;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.identity.MultiserverAddress;

/** Dials until there is a channel, or until dialling again cannot help. */
final class Reconnecting {
  private static final Set<Reason> FINAL =
      EnumSet.of(Reason.WRONG_NETWORK, Reason.BAD_SERVER_ACCEPT, Reason.REFLECTED);

  private final SecretHandshake shs;
  private final MultiserverAddress address;
  private final Duration shortest;
  private final Duration longest;

  Reconnecting(
      SecretHandshake shs, MultiserverAddress address, Duration shortest, Duration longest) {
    this.shs = shs;
    this.address = address;
    this.shortest = shortest;
    this.longest = longest;
  }

  SecretChannel dial() throws IOException, InterruptedException {
    long pause = shortest.toMillis();
    while (true) {
      try {
        return shs.connect(address);
      } catch (ClosedByInterruptException e) {
        throw e; // somebody wants this thread to stop
      } catch (HandshakeException e) {
        if (FINAL.contains(e.reason())) {
          throw e;
        }
      } catch (IOException e) {
        // Nobody listens there, or the network is down: both pass.
      }
      // Not all clients of a server that restarts should come back in the same moment.
      Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
      pause = Math.min(2 * pause, longest.toMillis());
    }
  }
}
