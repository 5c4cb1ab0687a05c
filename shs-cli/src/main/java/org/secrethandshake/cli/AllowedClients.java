package org.secrethandshake.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;
import picocli.CommandLine.Option;

/**
 * Which clients are let in: those of the options, or every one of the network if there are none.
 */
final class AllowedClients {
  private static final int MAX_FILE_BYTES = 1 << 24;
  private static final String COMMENT = "#";

  @Option(
      names = "--allow",
      paramLabel = "PUBLICKEY",
      description = "Let only this client in, @BASE64.ed25519 or bare base64. May be repeated.")
  private Set<IdentityKey> keys = Set.of();

  @Option(
      names = "--allow-file",
      paramLabel = "FILE",
      description =
          "Let only the clients in this file in, and those of --allow: a public key in each line;"
              + " what follows a # is a comment.")
  private @Nullable Path file;

  Authorizer policy() throws Failure {
    if (file == null) {
      return keys.isEmpty() ? Authorizer.anyone() : Authorizer.only(keys);
    }
    Set<IdentityKey> allowed = new HashSet<>(keys);
    Set<IdentityKey> listed = read(file);
    if (listed.isEmpty()) {
      throw nobody(file);
    }
    allowed.addAll(listed);
    return Authorizer.only(allowed);
  }

  /** Whether the options name anybody. */
  boolean areListed() {
    return file != null || !keys.isEmpty();
  }

  /** The same for a server that runs for long: the file counts as it is at the moment. */
  Authorizer reloadedPolicy(Shell shell) throws Failure {
    return file == null ? policy() : new AllowFile(file, keys, shell);
  }

  static Set<IdentityKey> read(Path file) throws Failure {
    List<String> lines = text(file).lines().toList();
    Set<IdentityKey> keys = new HashSet<>();
    for (int number = 0; number < lines.size(); number++) {
      String key = lines.get(number).split(COMMENT, 2)[0].strip();
      if (!key.isEmpty()) {
        keys.add(parse(key, file, number + 1));
      }
    }
    return keys;
  }

  static Failure nobody(Path file) {
    return Failure.usage(
        "The file %s holds no public key, so nobody would be let in.".formatted(file));
  }

  private static IdentityKey parse(String key, Path file, int line) throws Failure {
    try {
      return IdentityKey.parse(key);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "Line %d of the file %s is not a public key: %s.".formatted(line, file, Words.of(e)), e);
    }
  }

  private static String text(Path file) throws Failure {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES);
      if (in.read() >= 0) {
        throw Failure.usage(
            "The file %s is longer than %d bytes, so it is not a list of keys."
                .formatted(file, MAX_FILE_BYTES));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.file("The file", file, e);
    }
  }
}
