package org.secrethandshake.site.samples;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/** The code of the page on anonymous clients. */
final class AnonymousSamples {
  private AnonymousSamples() {}

  // @start region="fresh"
  static SecretChannel anonymously(
      SecretHandshake shs, CryptoProvider crypto, ByteChannel transport, ServerKey server)
      throws IOException {
    try (IdentityKeyPair once = IdentityKeyPair.generate(crypto)) {
      return shs.connect(transport, server, once);
    }
  }

  // @end

  // @start region="invite"
  static String invite(MultiserverAddress address, IdentityKeyPair guest) {
    return address.withSeed(guest.exportSeed()).format(); // secret: whoever has it is the guest
  }

  // @end

  // @start region="accept-invite"
  static SecretChannel accept(SecretHandshake shs, String invite) throws IOException {
    return shs.connect(MultiserverAddress.parse(invite)); // as the identity of the seed in it
  }
  // @end
}
