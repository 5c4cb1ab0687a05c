package org.secrethandshake.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.identity.SecretFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes an identity and keeps it in a key file. */
@Command(
    name = "keygen",
    header = "Make an identity and keep it in a key file.",
    description =
        "Writes a Scuttlebutt secret file that only you may read, and prints the public key.",
    footer = {"", "Example:", "  shs keygen --out alice"})
final class Keygen implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final CryptoOption crypto = new CryptoOption();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "secret",
      description = "The key file to write. Default: ./secret")
  private Path out = Path.of("secret");

  @Option(names = "--force", description = "Replace a file that exists. Its identity is lost.")
  private boolean force;

  Keygen(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Failure {
    try (IdentityKeyPair identity = IdentityKeyPair.generate(crypto.provider())) {
      write(identity);
      explain(identity);
    }
    return ExitCodes.OK;
  }

  private void write(IdentityKeyPair identity) throws Failure {
    try {
      if (force) {
        SecretFile.replace(out, identity);
      } else {
        SecretFile.create(out, identity);
      }
    } catch (FileAlreadyExistsException e) {
      throw Failure.usage(
          "The file %s exists already; --force replaces it, and its identity is lost."
              .formatted(out),
          e);
    } catch (NoSuchFileException e) {
      throw Failure.usage("The folder for the key file %s does not exist.".formatted(out), e);
    } catch (IOException e) {
      throw Failure.file("The key file", out, e);
    }
  }

  private void explain(IdentityKeyPair identity) {
    PrintStream text = new PrintStream(shell.out(), true, StandardCharsets.UTF_8);
    text.println(identity.publicKey());
    shell.say("the key file is %s; keep it secret, and back it up.".formatted(out));
    shell.say("to be reached under this key:   shs listen --port 8008 --key " + out);
    shell.say("to be let in with it elsewhere: shs connect ADDRESS --key " + out);
    shell.say(
        "and there they run:             shs listen --allow " + identity.publicKey() + " ...");
  }
}
