package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.identity.InvalidSecretFileException;
import org.secrethandshake.identity.SecretFile;
import org.secrethandshake.spi.CryptoProvider;

/** Finds our own identity: a key file, a seed in the environment, or a fresh one. */
final class Identities {
  static final String FILE_VARIABLE = "SHS_KEY_FILE";
  static final String SEED_VARIABLE = "SHS_SEED";

  private static final int HEX_CHARACTERS = 2 * IdentityKeyPair.SEED_BYTES;

  private final CryptoProvider crypto;
  private final Shell shell;

  Identities(CryptoProvider crypto, Shell shell) {
    this.crypto = crypto;
    this.shell = shell;
  }

  /** The identity of the given file, else what the environment names, else a fresh one. */
  IdentityKeyPair find(@Nullable Path file) throws Failure {
    if (file != null) {
      return read(file);
    }
    Optional<String> named = shell.variable(FILE_VARIABLE);
    Optional<String> seed = shell.variable(SEED_VARIABLE);
    if (named.isPresent() && seed.isPresent()) {
      throw Failure.usage(
          "%s and %s are both set; unset one of them.".formatted(FILE_VARIABLE, SEED_VARIABLE));
    }
    if (named.isPresent()) {
      return read(path(named.get()));
    }
    return seed.isPresent() ? ofSeed(seed.get()) : fresh();
  }

  private static Path path(String name) throws Failure {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw Failure.usage(
          "%s: no file can have the name '%s' in the locale of this terminal."
              .formatted(FILE_VARIABLE, name));
    }
  }

  IdentityKeyPair fresh() {
    return IdentityKeyPair.generate(crypto);
  }

  private IdentityKeyPair read(Path file) throws Failure {
    try {
      return SecretFile.read(file, crypto);
    } catch (InvalidSecretFileException e) {
      throw Failure.usage(e);
    } catch (IOException e) {
      throw Failure.file("The key file", file, e);
    }
  }

  private IdentityKeyPair ofSeed(String text) throws Failure {
    byte[] seed = new byte[0];
    try {
      seed =
          text.length() == HEX_CHARACTERS
              ? HexFormat.of().parseHex(text)
              : Base64.getDecoder().decode(text);
      return IdentityKeyPair.fromSeed(crypto, seed);
    } catch (IllegalArgumentException e) {
      // The cause is left out: it may quote a character of the seed.
      throw Failure.usage(
          SEED_VARIABLE
              + " cannot be used: a seed is "
              + IdentityKeyPair.SEED_BYTES
              + " bytes, written as "
              + HEX_CHARACTERS
              + " hex digits or as base64.");
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }
}
