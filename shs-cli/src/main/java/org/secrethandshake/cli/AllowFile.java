package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;

/**
 * Lets in whom a file lists at the moment: every handshake sees the file as it is. A file that
 * cannot be read or parsed leaves the last good list in force, and that is said once; one without
 * any key lets nobody in. Channels that are open stay open when their key is removed. Thread-safe.
 */
final class AllowFile implements Authorizer {
  /** Within this time after a change, a file system may give a second one the same time. */
  private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

  private final Path file;
  private final Set<IdentityKey> always;
  private final Shell shell;
  private List<Object> version;
  private Set<IdentityKey> listed;
  private @Nullable String problem;

  /**
   * Reads the file for the first time.
   *
   * @param always who is let in whatever the file says
   * @throws Failure if there is no good list to begin with
   */
  AllowFile(Path file, Set<IdentityKey> always, Shell shell) throws Failure {
    this.file = file;
    this.always = always;
    this.shell = shell;
    this.version = version(file);
    this.listed = AllowedClients.read(file);
    if (listed.isEmpty()) {
      throw AllowedClients.nobody(file);
    }
  }

  @Override
  public Optional<?> authorize(IdentityKey client) {
    return always.contains(client) || current().contains(client)
        ? Optional.of(client)
        : Optional.empty();
  }

  private synchronized Set<IdentityKey> current() {
    List<Object> now = version(file);
    if (!now.equals(version) || mayHaveChangedUnseen(now)) {
      version = now;
      reload();
    }
    return listed;
  }

  private static boolean mayHaveChangedUnseen(List<Object> version) {
    return !version.isEmpty()
        && version.get(0) instanceof FileTime changed
        && changed.toInstant().plus(CLOCK_STEP).isAfter(Instant.now());
  }

  private void reload() {
    try {
      Set<IdentityKey> next = AllowedClients.read(file);
      if (problem != null || !next.equals(listed)) {
        shell.say(
            "the file %s was read again: %d added, %d removed."
                .formatted(file, countMissing(next, listed), countMissing(listed, next)));
      }
      listed = next;
      problem = null;
    } catch (Failure e) {
      String words = Words.of(e);
      if (!words.equals(problem)) {
        shell.warn(words + " The list from before stays in force.");
      }
      problem = words;
    }
  }

  private static int countMissing(Set<IdentityKey> of, Set<IdentityKey> in) {
    Set<IdentityKey> missing = new HashSet<>(of);
    missing.removeAll(in);
    return missing.size();
  }

  /** What differs when a file was written or replaced. */
  private static List<Object> version(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(
          attributes.lastModifiedTime(),
          attributes.size(),
          Optional.ofNullable(attributes.fileKey()));
    } catch (IOException e) {
      return List.of();
    }
  }
}
