package org.secrethandshake.site.samples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.Set;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.channel.ServerCounters;

/** The code of the page on servers. */
final class ServerSamples {
  private ServerSamples() {}

  // @start region="start"
  static SecretServer start(SecretHandshake shs, Set<IdentityKey> friends, ServerCounters counters)
      throws IOException {
    return SecretServer.builder(shs)
        .authorizer(Authorizer.only(friends))
        .handler(channel -> channel.inputStream().transferTo(channel.outputStream()))
        .listener(counters)
        .maxChannels(500)
        .start(new InetSocketAddress("127.0.0.1", 0)); // the system chooses the port
  }

  // @end

  // @start region="stop"
  static void stop(SecretServer server) {
    server.stop(Duration.ofSeconds(10)); // handlers may finish; then their channels are cut
  }

  // @end

  // @start region="accept"
  static SecretChannel acceptOne(SecretHandshake shs, ByteChannel transport, Authorizer authorizer)
      throws IOException {
    return shs.accept(transport, authorizer);
  }
  // @end
}
