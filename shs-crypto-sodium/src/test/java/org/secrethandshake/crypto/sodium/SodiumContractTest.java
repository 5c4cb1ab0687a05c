package org.secrethandshake.crypto.sodium;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.CryptoProviderContract;

/** Run twice: with the bundled library, and with the system's, which then makes all boxes. */
class SodiumContractTest extends CryptoProviderContract {
  @Override
  protected CryptoProvider provider() {
    return Installed.provider();
  }
}
