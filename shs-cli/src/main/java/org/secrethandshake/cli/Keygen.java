package org.secrethandshake.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.identity.NetworkKeyFile;
import org.secrethandshake.identity.SecretFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes an identity and keeps it in a key file, or makes a network key. */
@Command(
    name = "keygen",
    header = "Make an identity and keep it in a key file, or make a network key.",
    description =
        "Writes a Scuttlebutt secret file that only you may read, and prints the public key.",
    footer = {
      "",
      "Example:",
      "  shs keygen --out alice",
      "  shs keygen --network --out our-network"
    })
final class Keygen implements Callable<Integer> {
  private static final Path DEFAULT_FILE = Path.of("secret");

  private final Shell shell;

  @Mixin private final CryptoOption crypto = new CryptoOption();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The file to write. Default: ./secret; a network key goes to standard output instead.")
  private @Nullable Path out;

  @Option(
      names = "--network",
      description =
          "Make the key of a network of your own instead, for --network @FILE of the other commands"
              + " on every machine of it.")
  private boolean network;

  @Option(names = "--force", description = "Replace a file that exists. The key in it is lost.")
  private boolean force;

  /** Writes a key to a file. */
  private interface Write {
    void to(Path file) throws IOException;
  }

  Keygen(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Failure {
    if (network) {
      makeNetworkKey(NetworkKey.generate(crypto.provider()));
    } else {
      try (IdentityKeyPair identity = IdentityKeyPair.generate(crypto.provider())) {
        makeKeyFile(out == null ? DEFAULT_FILE : out, identity);
      }
    }
    return ExitCodes.OK;
  }

  private void makeKeyFile(Path file, IdentityKeyPair identity) throws Failure {
    write(
        file,
        force
            ? path -> SecretFile.replace(path, identity)
            : path -> SecretFile.create(path, identity));
    shell.say("the key file is " + file + "; keep it secret, and back it up.");
    print(identity.publicKey().toString());
    shell.say("to be reached under this key:   shs listen --port 8008 --key " + file);
    shell.say("to be let in with it elsewhere: shs connect ADDRESS --key " + file);
    shell.say(
        "and there they run:             shs listen --allow " + identity.publicKey() + " ...");
  }

  private void makeNetworkKey(NetworkKey key) throws Failure {
    if (out != null) {
      Path file = out;
      write(
          file,
          force
              ? path -> NetworkKeyFile.replace(path, key)
              : path -> NetworkKeyFile.create(path, key));
      shell.say(
          "the network key is in "
              + file
              + "; each peer of the network needs a copy, and nobody else.");
      shell.say("to use it: shs listen --network @" + file + " ...");
      return;
    }
    if (force) {
      throw Failure.usage("--force replaces a file; with --network it needs --out FILE.");
    }
    byte[] bytes = key.exportBytes();
    print(Base64.getEncoder().encodeToString(bytes));
    Arrays.fill(bytes, (byte) 0);
  }

  private static void write(Path file, Write write) throws Failure {
    try {
      write.to(file);
    } catch (FileAlreadyExistsException e) {
      throw Failure.usage(
          "The file " + file + " exists already; --force replaces it, and the key in it is lost.",
          e);
    } catch (NoSuchFileException e) {
      throw Failure.usage("The folder for the key file " + file + " does not exist.", e);
    } catch (IOException e) {
      throw Failure.file("The key file", file, e);
    }
  }

  private void print(String key) throws Failure {
    try {
      shell.out().write((key + System.lineSeparator()).getBytes(UTF_8));
      shell.out().flush();
    } catch (IOException e) {
      throw new Failure(
          ExitCodes.STREAM_CUT, "Standard output did not take the key: " + Words.of(e) + ".", e);
    }
  }
}
