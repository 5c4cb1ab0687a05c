package org.secrethandshake.crypto.sodium;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ModulePathContract;

class ModulePathTest extends ModulePathContract {
  @Override
  protected CryptoProvider provider() {
    return new SodiumCryptoProvider();
  }
}
