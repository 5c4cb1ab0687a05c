package org.secrethandshake.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import picocli.CommandLine.Option;

/**
 * The choice of a crypto backend: the option, else the system property, else Bouncy Castle, which
 * works everywhere. What is chosen is used or reported as missing, never replaced by another.
 */
final class CryptoOption {
  private static final String DEFAULT_NAME = "bouncycastle";

  @Option(
      names = "--crypto",
      paramLabel = "NAME",
      description =
          "The crypto backend, as shs providers lists them. Default: that of -Dshs.crypto=NAME"
              + " before the subcommand, else bouncycastle, which works everywhere.")
  private @Nullable String name;

  /** The chosen backend, for commands that use one. */
  CryptoProvider provider() throws Failure {
    return named(name == null ? System.getProperty(CryptoProviders.PROPERTY, DEFAULT_NAME) : name);
  }

  /** The backend of {@code --crypto}, or all that are installed: for commands that show them. */
  List<CryptoProvider> shown() throws Failure {
    List<CryptoProvider> shown =
        CryptoProviders.installed().stream()
            .filter(crypto -> name == null || crypto.name().equals(name))
            .toList();
    return shown.isEmpty() ? List.of(provider()) : shown;
  }

  private static CryptoProvider named(String name) throws Failure {
    try {
      return CryptoProviders.named(name);
    } catch (CryptoProviderException e) {
      throw Failure.usage(e);
    }
  }
}
