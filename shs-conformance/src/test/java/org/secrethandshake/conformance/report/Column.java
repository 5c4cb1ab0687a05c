package org.secrethandshake.conformance.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.secrethandshake.conformance.Backends;
import org.secrethandshake.spi.CryptoProvider;

/** Whoever is asked: one of our backends, or a library as it is. */
interface Column {
  /** The head of the column. */
  String name();

  /** Whether this is one of our backends, which keep to the rule. */
  boolean isOurs();

  /** The head of the column, where both kinds stand side by side. */
  default String label() {
    return isOurs() ? "our " + name() : name() + " alone";
  }

  /** Whether a signature of 64 bytes is accepted. */
  boolean verifies(byte[] publicKey, byte[] message, byte[] signature);

  /** The shared secret, or empty if that is refused. */
  Optional<byte[]> agree(byte[] scalar, byte[] point);

  /** Our backends that are available here, then the libraries that came with them, and the JDK. */
  static List<Column> all() {
    List<CryptoProvider> backends = Backends.list();
    List<Column> columns = new ArrayList<>();
    backends.forEach(crypto -> columns.add(new BackendColumn(crypto)));
    for (CryptoProvider crypto : backends) {
      switch (crypto.name()) {
        case "bouncycastle" -> columns.add(new RawBouncyCastle());
        case "sodium" -> columns.add(RawSodium.behind(crypto));
        case "tink" -> columns.add(new RawTink());
        default -> {}
      }
    }
    columns.add(new RawJdk());
    return columns;
  }
}
