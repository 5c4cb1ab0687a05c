package org.secrethandshake.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.channel.SecretHandshake;
import picocli.CommandLine.Option;

/** How long a peer may take. */
final class TimeLimits {
  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "How long a handshake may take, from the first byte to the last. Default: 5 seconds")
  private Duration handshake = SecretHandshake.DEFAULT_TIMEOUT;

  @Option(
      names = "--idle-timeout",
      paramLabel = "SECONDS",
      description =
          "Cut a channel through which nothing has gone for this long. Default: never, but 300"
              + " seconds with listen --echo and --keep-open")
  private @Nullable Duration idle;

  Duration handshake() {
    return handshake;
  }

  Optional<Duration> idle() {
    return Optional.ofNullable(idle);
  }
}
