package org.secrethandshake.site.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import javax.sql.DataSource;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;

/** The use of the authorizer on the page about allow-lists. */
final class AllowListSamples {
  private AllowListSamples() {}

  // @start region="serve"
  static SecretServer greet(SecretHandshake shs, DataSource database) throws IOException {
    return SecretServer.builder(shs)
        .authorizer(new DatabaseAuthorizer(database))
        .handler(
            channel -> {
              String account = channel.authorization(String.class).orElseThrow();
              channel.outputStream().write(("Hello, " + account).getBytes(UTF_8));
            })
        .start(new InetSocketAddress("127.0.0.1", 0));
  }
  // @end
}
