package org.secrethandshake.crypto.tink;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ModulePathContract;

class ModulePathTest extends ModulePathContract {
  @Override
  protected CryptoProvider provider() {
    return new TinkCryptoProvider();
  }
}
