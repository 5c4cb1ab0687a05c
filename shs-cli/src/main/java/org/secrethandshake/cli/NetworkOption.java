package org.secrethandshake.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.NetworkKey;
import picocli.CommandLine.Option;

/** The network key, which both peers must hold. */
final class NetworkOption {
  private static final String OPTION = "--network";
  private static final String VARIABLE = "SHS_NETWORK";

  @Option(
      names = OPTION,
      paramLabel = "KEY",
      description =
          "The network key: 64 hex digits, base64, or @FILE with either (shs keygen --network makes"
              + " one). Default: that of the environment variable SHS_NETWORK, else the public one"
              + " of Scuttlebutt.")
  private @Nullable String text;

  NetworkKey key(Shell shell) throws Failure {
    if (text != null) {
      if (!TextFile.isNamedBy(text)) {
        shell.warn(
            "other users can see the network key in the list of processes; use --network @FILE or"
                + " the variable SHS_NETWORK instead.");
      }
      return parse(OPTION, text);
    }
    Optional<String> variable = shell.variable(VARIABLE);
    return variable.isPresent() ? parse(VARIABLE, variable.get()) : NetworkKey.SCUTTLEBUTT;
  }

  private static NetworkKey parse(String origin, String text) throws Failure {
    try {
      return NetworkKey.parse(TextFile.resolve(text));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(origin + " cannot be used: " + e.getMessage() + ".", e);
    }
  }
}
