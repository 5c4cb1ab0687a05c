package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.ChannelPair;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.KnownAnswers;
import org.secrethandshake.spi.LoadFailure;

/** Tries one backend: published answers first, then a channel within this process. */
final class SelfTest {
  /** What is tried. */
  static final String CONTENT = "known answers, and an echo over a channel in memory";

  private final CryptoProvider crypto;

  SelfTest(CryptoProvider crypto) {
    this.crypto = crypto;
  }

  /** What is wrong with the backend, or empty. */
  Optional<String> fault() {
    try {
      Optional<String> wrong = KnownAnswers.firstWrong(crypto);
      if (wrong.isPresent()) {
        return wrong.map(algorithm -> algorithm + " gives another answer than its specification");
      }
      return echoes() ? Optional.empty() : Optional.of("a channel changed what was sent");
    } catch (IOException | RuntimeException e) {
      return Optional.of(LoadFailure.of(e).inWords());
    }
  }

  private boolean echoes() throws IOException {
    byte[] question = "Who is there?".getBytes(StandardCharsets.UTF_8);
    try (IdentityKeyPair alice = IdentityKeyPair.generate(crypto);
        IdentityKeyPair bob = IdentityKeyPair.generate(crypto);
        SecretHandshake client = side(alice);
        SecretHandshake server = side(bob);
        ChannelPair pair = ChannelPair.connect(client, server, bob.publicKey())) {
      pair.client().outputStream().write(question);
      pair.client().shutdownOutput();
      byte[] heard = pair.server().inputStream().readAllBytes();
      pair.server().outputStream().write(heard);
      pair.server().shutdownOutput();
      return Arrays.equals(question, pair.client().inputStream().readAllBytes());
    }
  }

  private SecretHandshake side(IdentityKeyPair identity) {
    return SecretHandshake.builder()
        .crypto(crypto)
        .network(NetworkKey.SCUTTLEBUTT)
        .identity(identity)
        .build();
  }
}
