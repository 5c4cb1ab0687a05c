package org.secrethandshake.site.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.identity.NetworkKeyFile;
import org.secrethandshake.identity.SecretFile;
import org.secrethandshake.spi.CryptoProvider;

/** The code of the page on keys. */
final class KeySamples {
  private KeySamples() {}

  // @start region="identity"
  static IdentityKeyPair readOrCreate(Path file, CryptoProvider crypto) throws IOException {
    if (Files.notExists(file)) {
      try (IdentityKeyPair fresh = IdentityKeyPair.generate(crypto)) {
        SecretFile.create(file, fresh);
      }
    }
    return SecretFile.read(file, crypto);
  }

  // @end

  // @start region="network"
  static void createNetwork(Path file, CryptoProvider crypto) throws IOException {
    NetworkKeyFile.create(file, NetworkKey.generate(crypto));
  }

  static NetworkKey readNetwork(Path file) throws IOException {
    return NetworkKey.parse(Files.readString(file).strip());
  }
  // @end
}
