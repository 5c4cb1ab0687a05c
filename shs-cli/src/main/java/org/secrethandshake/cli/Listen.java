package org.secrethandshake.cli;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.spi.CryptoProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Waits for channels. */
@Command(
    name = "listen",
    header = "Wait for a channel: what the peer sends comes out, standard input goes in.",
    description = {
      "Prints the address to dial on standard error. Takes the first client that completes a"
          + " handshake and ends with its channel; with --echo serves any number of clients until"
          + " interrupted, and returns every byte."
    },
    footer = {
      "",
      "Example, with a file that is sent to the first who comes:",
      "  shs keygen --out bob > bob.public",
      "  shs listen --port 8008 --key bob < bob.public 2> address &",
      "  sleep 1",
      "  shs connect \"$(cut -d ' ' -f 2 address)\" < /dev/null"
    })
final class Listen implements Callable<Integer> {
  private final Shell shell;

  @Option(
      names = "--port",
      required = true,
      paramLabel = "N",
      description = "The TCP port to listen at; 0 picks a free one.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "The host to listen at. Default: 127.0.0.1, which only this machine can reach; 0.0.0.0 or"
              + " :: for every network.")
  private String host = "127.0.0.1";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "The key file of our identity. Default: that of SHS_KEY_FILE, else a fresh one.")
  private @Nullable Path key;

  @Option(
      names = "--allow",
      paramLabel = "PUBLICKEY",
      description = "Let only this client in, @BASE64.ed25519 or bare base64. May be repeated.")
  private Set<IdentityKey> allowed = Set.of();

  @Option(
      names = "--echo",
      description = "Serve any number of clients until interrupted, and return every byte.")
  private boolean echo;

  @Mixin private final NetworkOption network = new NetworkOption();
  @Mixin private final CryptoOption crypto = new CryptoOption();

  Listen(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    CryptoProvider provider = crypto.provider();
    ListenAddress address = ListenAddress.of(host, port);
    try (IdentityKeyPair own = new Identities(provider, shell).find(key);
        SecretHandshake shs =
            SecretHandshake.builder()
                .crypto(provider)
                .network(network.key(shell))
                .identity(own)
                .build()) {
      if (echo) {
        echo(SecretServer.builder(shs), address, own.publicKey());
      } else {
        relay(SecretServer.builder(shs), address, own.publicKey());
      }
    }
    return ExitCodes.OK;
  }

  private void echo(SecretServer.Builder builder, ListenAddress address, IdentityKey own)
      throws Failure {
    builder
        .authorizer(policy())
        .handler(new Echo(shell))
        .handshakeFailureListener(this::tellRefusal);
    SecretServer server = start(builder, address, own);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shs-stop"));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      server.close();
    }
  }

  private void relay(SecretServer.Builder builder, ListenAddress address, IdentityKey own)
      throws Exception {
    FirstPeer first = new FirstPeer(policy());
    builder.authorizer(first).handler(first).handshakeFailureListener(tellRefusalBefore(first));
    SecretServer server = start(builder, address, own);
    SecretChannel channel = first.channel();
    new StdioRelay(shell, channel).run();
    first.release();
    server.close();
  }

  private Authorizer policy() {
    return allowed.isEmpty() ? Authorizer.anyone() : Authorizer.only(allowed);
  }

  private SecretServer start(SecretServer.Builder builder, ListenAddress address, IdentityKey own)
      throws Failure {
    try {
      SecretServer server = builder.start(address.socket());
      int bound = server.localAddress().getPort();
      shell.err().println("listening " + address.dialled(bound, own).format());
      if (address.isEveryInterface()) {
        shell.say("from other machines, dial this one's name or address in place of the host.");
      }
      return server;
    } catch (IOException e) {
      throw new Failure(
          ExitCodes.NO_CONNECTION,
          "Could not listen at port %d of %s: %s.".formatted(port, host, e.getMessage()),
          e);
    }
  }

  private SecretServer.HandshakeFailureListener tellRefusalBefore(FirstPeer first) {
    return (reason, client) -> {
      if (!first.isTaken()) {
        tellRefusal(reason, client);
      }
    };
  }

  private void tellRefusal(Throwable reason, @Nullable SocketAddress client) {
    shell.say("no channel with %s: %s".formatted(client, reason.getMessage()));
  }
}
