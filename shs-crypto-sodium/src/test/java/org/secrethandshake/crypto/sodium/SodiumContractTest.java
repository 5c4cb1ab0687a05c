package org.secrethandshake.crypto.sodium;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.CryptoProviderContract;

class SodiumContractTest extends CryptoProviderContract {
  @Override
  protected CryptoProvider provider() {
    return new SodiumCryptoProvider();
  }
}
