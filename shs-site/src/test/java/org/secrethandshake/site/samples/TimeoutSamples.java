package org.secrethandshake.site.samples;

import java.time.Duration;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.spi.CryptoProvider;

/** The settings on the page about time limits. */
final class TimeoutSamples {
  private TimeoutSamples() {}

  // @start region="limits"
  static SecretHandshake patient(CryptoProvider crypto, NetworkKey network, IdentityKeyPair me) {
    return SecretHandshake.builder()
        .crypto(crypto)
        .network(network)
        .identity(me)
        .timeout(Duration.ofSeconds(10)) // the whole handshake; 5 seconds unless set
        .writeTimeout(Duration.ofSeconds(30)) // one batch of a write; 1 minute unless set
        .idleTimeout(Duration.ofMinutes(5)) // silence both ways; no limit unless set
        .build();
  }

  // @end

  // @start region="read"
  static void expectAnswersWithin(SecretChannel channel, Duration limit) {
    channel.readTimeout(limit); // null takes the limit away again
  }
  // @end
}
