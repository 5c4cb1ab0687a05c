package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.ServerCounters;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Carries plain connections through secret channels. */
@Command(
    name = "tunnel",
    header = "Carry the connections of other programs through secret channels.",
    description = {
      "One end takes plain connections (--listen) and dials a channel for each (--to); the other"
          + " takes channels (--listen-secret) and forwards each to a program (--forward)."
          + " An end of either side's output is passed on as such, a fault as a reset. Runs until"
          + " interrupted or terminated."
    },
    footer = {
      "",
      "Example, with a PostgreSQL server on the second machine:",
      "  shs tunnel --listen-secret 0.0.0.0:8008 --forward 127.0.0.1:5432 \\",
      "    --key server.secret --allow-file clients",
      "  shs tunnel --listen 127.0.0.1:5432 --key client.secret --to net:HOST:8008~shs:KEY",
      "  psql --host 127.0.0.1"
    })
final class Tunnel implements Callable<Integer> {
  private static final String LOOPBACK = "127.0.0.1";

  private final Shell shell;
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Take plain connections here. Also unix:PATH, for this user alone.")
  private @Nullable PlainEndpoint listen;

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description =
          "Dial net:HOST:PORT~shs:BASE64KEY for each of them, or @FILE that holds an address.")
  private @Nullable String to;

  @Option(
      names = "--retry",
      paramLabel = "SECONDS",
      description =
          "How long a connection waits while the server cannot be reached and is tried again."
              + " Default: 10 seconds")
  private Duration retry = Duration.ofSeconds(10);

  @Option(
      names = "--listen-secret",
      paramLabel = "[HOST:]PORT",
      description = "Take channels here. Default for HOST: 127.0.0.1")
  private @Nullable String listenSecret;

  @Option(
      names = "--forward",
      paramLabel = "HOST:PORT",
      description = "Connect each of them with this. Also unix:PATH.")
  private @Nullable PlainEndpoint forward;

  @Mixin private final AllowedClients allowed = new AllowedClients();

  @Option(names = "--allow-anyone", description = "Let every client in that has the network key.")
  private boolean allowAnyone;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "The key file of our identity. Default: that of SHS_KEY_FILE, else a fresh one.")
  private @Nullable Path key;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      description =
          "How long connections may go on after a signal, before they are cut. Default: 5 seconds")
  private Duration grace = Duration.ofSeconds(5);

  @Option(
      names = "--status",
      paramLabel = "SECONDS",
      description =
          "Tell the counters this often. On a terminal they are always shown; otherwise the default"
              + " is at the end only.")
  private @Nullable Duration status;

  /** Read before the others, because it gives them their values. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = TunnelConfig.OPTION,
      paramLabel = "FILE",
      description =
          "Take options from a file, a line name=value for each, the name without its dashes.")
  private @Nullable Path config;

  @Mixin private final TimeLimits limits = new TimeLimits();
  @Mixin private final NetworkOption network = new NetworkOption();
  @Mixin private final CryptoOption crypto = new CryptoOption();

  Tunnel(Shell shell) {
    this.shell = shell;
  }

  /** Begins to serve. */
  private interface Start {
    TunnelEnd with(SecretHandshake shs, IdentityKeyPair own, ConnectionLog log)
        throws IOException, Failure;
  }

  @Override
  public Integer call() throws Exception {
    CryptoProvider provider = crypto.provider();
    ServerCounters counters = new ServerCounters();
    try (TunnelStatus line = TunnelStatus.show(shell, counters, status)) {
      Shell above = line.shell();
      Start start = start(above, counters);
      try (IdentityKeyPair own = new Identities(provider, above).find(key);
          SecretHandshake shs =
              SecretHandshake.builder()
                  .crypto(provider)
                  .network(network.key(above))
                  .identity(own)
                  .timeout(limits.handshake())
                  .idleTimeout(limits.idle().orElse(null))
                  .build();
          ConnectionLog log = ConnectionLog.start(above)) {
        serve(begin(start, shs, own, log), line);
      }
    }
    return ExitCodes.OK;
  }

  private Start start(Shell above, ServerCounters counters) throws Failure {
    PlainEndpoint local = listen;
    PlainEndpoint target = forward;
    if (local != null && to != null && listenSecret == null && target == null) {
      MultiserverAddress server = server(to);
      return (shs, own, log) -> new TunnelClient(shs, local, server, retry, counters, log);
    }
    if (listenSecret != null && target != null && local == null && to == null) {
      ListenAddress address = secretAddress(listenSecret);
      Authorizer policy = policy(above);
      return (shs, own, log) ->
          new TunnelServer(
              shs, address, own.publicKey(), policy, target, limits.handshake(), counters, log);
    }
    throw Failure.usage(
        "A tunnel has two ends; give --listen and --to for one, or --listen-secret and --forward"
            + " for the other. For help: shs tunnel --help");
  }

  private static MultiserverAddress server(String address) throws Failure {
    try {
      return MultiserverAddress.parse(TextFile.resolve(address));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(Words.of(e) + ".", e);
    }
  }

  private static ListenAddress secretAddress(String text) throws Failure {
    try {
      PlainEndpoint endpoint =
          PlainEndpoint.parse(text.indexOf(':') < 0 ? LOOPBACK + ":" + text : text);
      if (endpoint.socketFile() == null) {
        return ListenAddress.of(endpoint.host(), endpoint.port());
      }
    } catch (IllegalArgumentException e) {
      throw Failure.usage("--listen-secret: " + Words.of(e), e);
    }
    throw Failure.usage("--listen-secret takes a TCP port.");
  }

  /** Behind a tunnel there may be no other door, so who is let in has to be said. */
  private Authorizer policy(Shell above) throws Failure {
    if (allowAnyone == allowed.areListed()) {
      throw Failure.usage(
          "Say who is let in: give --allow-file or --allow, or else --allow-anyone for all who have"
              + " the network key.");
    }
    return allowed.reloadedPolicy(above);
  }

  private static TunnelEnd begin(
      Start start, SecretHandshake shs, IdentityKeyPair own, ConnectionLog log) throws Failure {
    try {
      return start.with(shs, own, log);
    } catch (IOException e) {
      throw new Failure(ExitCodes.NO_CONNECTION, "Could not listen: %s.".formatted(Words.of(e)), e);
    }
  }

  private void serve(TunnelEnd end, TunnelStatus line) throws IOException {
    Shell above = line.shell();
    Thread hook = new Thread(() -> stopOnSignal(end, line), "shs-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      above.err().println("listening " + end.announcement());
      stopped.await();
    } catch (InterruptedException e) {
      end.stop(grace);
    } finally {
      removeHook(hook);
    }
  }

  /** The process ends with the exit code of the signal when this returns. */
  private void stopOnSignal(TunnelEnd end, TunnelStatus line) {
    Shell above = line.shell();
    try {
      above.say("stopping; open connections have %s seconds.".formatted(grace.toSeconds()));
      end.stop(grace);
    } catch (IOException e) {
      above.warn(Words.of(e) + ".");
    }
    line.tell();
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal came: the hook runs, and the process ends.
    }
  }
}
