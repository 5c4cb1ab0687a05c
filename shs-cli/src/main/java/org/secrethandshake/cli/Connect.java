package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.ShsException;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens a channel and relays standard input and output. */
@Command(
    name = "connect",
    header =
        "Open a channel: send standard input, and write what the peer sends to standard output.",
    description = {
      "The end of standard input says goodbye; the command ends when the peer has said it, too."
          + " Without a key file the identity is a fresh one, unless the environment names one."
    },
    footer = {
      "",
      "Example, with a server that returns every byte:",
      "  shs listen --port 8008 --echo 2> address &",
      "  sleep 1",
      "  echo hello | shs connect \"$(cut -d ' ' -f 2 address)\"",
      "  kill %%1"
    })
final class Connect implements Callable<Integer> {
  private final Shell shell;

  @Parameters(
      paramLabel = "ADDRESS",
      description =
          "net:HOST:PORT~shs:BASE64KEY, several joined by ; as alternatives, a Scuttlebutt invite or"
              + " ssb: URI, or @FILE that holds one of these. A seed at its end (:BASE64SEED, from"
              + " an invite) is the identity to dial with.")
  private String address = "";

  @ArgGroup private @Nullable Identity identity;
  @Mixin private final TimeLimits limits = new TimeLimits();
  @Mixin private final NetworkOption network = new NetworkOption();
  @Mixin private final CryptoOption crypto = new CryptoOption();

  /** At most one of these. */
  static final class Identity {
    @Option(
        names = "--key",
        paramLabel = "FILE",
        description = "The key file of our identity. Default: that of SHS_KEY_FILE.")
    private @Nullable Path file;

    @Option(names = "--anonymous", description = "Use a fresh identity for this channel only.")
    private boolean anonymous;
  }

  Connect(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    shell.requireOpen(Shell.Stream.IN, Shell.Stream.OUT);
    CryptoProvider provider = crypto.provider();
    MultiserverAddress target = target();
    try (IdentityKeyPair own = own(new Identities(provider, shell));
        SecretHandshake shs =
            SecretHandshake.builder()
                .crypto(provider)
                .network(network.key(shell))
                .identity(own)
                .timeout(limits.handshake())
                .idleTimeout(limits.idle().orElse(null))
                .build();
        ChannelsInUse channels = ChannelsInUse.watchSignals(shell)) {
      SecretChannel channel = dial(shs, target);
      if (shell.isTerminal(Shell.Stream.ERR)) {
        shell.say("connected to " + channel.peer());
      }
      new StdioRelay(shell, channel, channels).run();
    }
    return ExitCodes.OK;
  }

  private MultiserverAddress target() throws Failure {
    MultiserverAddress target = parse(TextFile.resolve(address));
    boolean hasSeed = target.alternatives().stream().anyMatch(way -> way.exportSeed().isPresent());
    if (hasSeed && identity != null) {
      throw Failure.usage(
          "The address holds a seed, which is an identity already; leave out --key and --anonymous.");
    }
    if (hasSeed && !TextFile.isNamedBy(address)) {
      shell.warn(
          "other users can see the seed in the list of processes; use @FILE as the address, or the"
              + " variable SHS_SEED instead.");
    }
    return target;
  }

  private static MultiserverAddress parse(String text) throws Failure {
    try {
      return MultiserverAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(Words.of(e) + ".", e);
    }
  }

  private IdentityKeyPair own(Identities identities) throws Failure {
    boolean fresh = identity != null && identity.anonymous;
    return fresh ? identities.fresh() : identities.find(identity == null ? null : identity.file);
  }

  private static SecretChannel dial(SecretHandshake shs, MultiserverAddress target)
      throws IOException, Failure {
    try {
      return shs.connect(target);
    } catch (ShsException e) {
      throw e;
    } catch (IOException e) {
      throw new Failure(ExitCodes.NO_CONNECTION, Words.of(e), e);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("The server's key in the address is not a valid Ed25519 key.", e);
    }
  }
}
