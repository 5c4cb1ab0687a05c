package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.Relay;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.channel.ServerCounters;

/** The end of a tunnel at which channels arrive, each of which is forwarded to a plain endpoint. */
final class TunnelServer implements TunnelEnd {
  private final PlainEndpoint target;
  private final int connectMillis;
  private final ConnectionLog log;
  private final SecretServer server;
  private final String announcement;

  /** Begins to serve. */
  TunnelServer(
      SecretHandshake shs,
      ListenAddress address,
      IdentityKey own,
      Authorizer policy,
      PlainEndpoint target,
      Duration connectTimeout,
      ServerCounters counters,
      ConnectionLog log)
      throws IOException {
    this.target = target;
    this.connectMillis = Math.toIntExact(Math.max(1, connectTimeout.toMillis()));
    this.log = log;
    this.server =
        SecretServer.builder(shs)
            .authorizer(policy)
            .handler(this::forward)
            .listener(counters)
            .listener((reason, client) -> log.failed("no channel with " + Words.of(client), reason))
            .start(address.socket());
    this.announcement = address.dialled(server.localAddress().getPort(), own).format();
  }

  @Override
  public String announcement() {
    return announcement;
  }

  @Override
  public void stop(Duration grace) {
    server.stop(grace);
  }

  /** Whatever fails here cuts the channel, which resets the connection at its other end. */
  private void forward(SecretChannel channel) throws IOException {
    SocketChannel plain;
    try {
      plain = target.connect(connectMillis);
    } catch (IOException | RuntimeException e) {
      log.failed("a channel was cut, because %s cannot be reached".formatted(target), e);
      throw e;
    }
    try {
      Relay.join(channel, plain);
    } catch (IOException e) {
      log.failed("a connection was cut", e);
      throw e;
    }
  }
}
