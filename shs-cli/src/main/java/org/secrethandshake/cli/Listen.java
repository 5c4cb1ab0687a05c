package org.secrethandshake.cli;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.spi.CryptoProvider;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Waits for channels. */
@Command(
    name = "listen",
    header =
        "Accept a channel: send standard input, and write what the peer sends to standard output.",
    description = {
      "Prints the address to dial on standard error. Accepts the first client that completes a"
          + " handshake and ends with its channel, unless --echo or --keep-open is given."
    },
    footer = {
      "",
      "Example, which sends a file to the first client:",
      "  shs keygen --out bob > bob.public",
      "  shs listen --port 8008 --key bob < bob.public 2> address &",
      "  sleep 1",
      "  shs connect \"$(cut -d ' ' -f 2 address)\" < /dev/null"
    })
final class Listen implements Callable<Integer> {
  /** A silent client of a server must not hold its place for ever, nor keep others waiting. */
  private static final Optional<Duration> SERVER_IDLE = Optional.of(Duration.ofMinutes(5));

  private final Shell shell;

  @Option(
      names = {"-p", "--port"},
      required = true,
      paramLabel = "N",
      description = "The TCP port to listen on; 0 picks a free one.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "The address to listen on. Default: 127.0.0.1, which only this machine can reach; 0.0.0.0"
              + " or :: for all of them.")
  private String host = "127.0.0.1";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "The key file of our identity. Default: that of SHS_KEY_FILE, else a fresh one.")
  private @Nullable Path key;

  @ArgGroup private Clients clients = new Clients();
  @Mixin private final AllowedClients allowed = new AllowedClients();
  @Mixin private final TimeLimits limits = new TimeLimits();
  @Mixin private final NetworkOption network = new NetworkOption();
  @Mixin private final CryptoOption crypto = new CryptoOption();

  /** At most one of these. */
  static final class Clients {
    @Option(
        names = "--echo",
        description = "Serve any number of clients until interrupted, and return every byte.")
    private boolean echo;

    @Option(
        names = "--keep-open",
        description =
            "Serve one client after another until interrupted, and write what they send to"
                + " standard output in that order. Standard input is not read.")
    private boolean keepOpen;
  }

  Listen(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    requireStreams();
    CryptoProvider provider = crypto.provider();
    ListenAddress address = ListenAddress.of(host, port);
    Authorizer policy = allowed.policy();
    try (IdentityKeyPair own = new Identities(provider, shell).find(key);
        SecretHandshake shs =
            SecretHandshake.builder()
                .crypto(provider)
                .network(network.key(shell))
                .identity(own)
                .timeout(limits.handshake())
                .idleTimeout(idleTimeout().orElse(null))
                .build();
        ConnectionLog log = ConnectionLog.start(shell);
        ChannelsInUse channels = ChannelsInUse.watchSignals(shell)) {
      ListenService service = service(channels, log);
      try (SecretServer server = start(shs, address, service, policy, log)) {
        tellAddress(address, server, own.publicKey());
        service.awaitEnd();
      } catch (InterruptedException e) {
        // The server is stopped by now.
      }
    }
    return ExitCodes.OK;
  }

  private void requireStreams() throws Failure {
    if (clients.echo) {
      return;
    }
    shell.requireOpen(Shell.Stream.OUT);
    if (!clients.keepOpen) {
      shell.requireOpen(Shell.Stream.IN);
    }
  }

  private Optional<Duration> idleTimeout() {
    return clients.echo || clients.keepOpen ? limits.idle().or(() -> SERVER_IDLE) : limits.idle();
  }

  private ListenService service(ChannelsInUse channels, ConnectionLog log) {
    if (clients.echo) {
      return new Echo(channels, log);
    }
    return clients.keepOpen
        ? new Collector(shell, channels, log, idleTimeout())
        : new FirstPeer(shell, channels);
  }

  private SecretServer start(
      SecretHandshake shs,
      ListenAddress address,
      ListenService service,
      Authorizer policy,
      ConnectionLog log)
      throws Failure {
    try {
      return SecretServer.builder(shs)
          .authorizer(
              client -> service.takesClients() ? policy.authorize(client) : Optional.empty())
          .handler(service)
          .listener((reason, client) -> tellFailure(service, log, reason, client))
          .start(address.socket());
    } catch (IOException e) {
      throw new Failure(
          ExitCodes.NO_CONNECTION,
          "Could not listen on port %d of %s: %s.".formatted(port, host, Words.of(e)),
          e);
    }
  }

  private void tellAddress(ListenAddress address, SecretServer server, IdentityKey own) {
    int bound = server.localAddress().getPort();
    shell.err().println("listening " + address.dialled(bound, own).format());
    if (address.isEveryInterface()) {
      shell.say(
          "to dial from another machine, put this one's name or address in place of the host.");
    }
  }

  private static void tellFailure(
      ListenService service, ConnectionLog log, Throwable reason, @Nullable SocketAddress client) {
    if (service.takesClients()) {
      log.failed("no channel with " + Words.of(client), reason);
    }
  }
}
