package org.secrethandshake.crypto.tink;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.CryptoProviderContract;

class TinkContractTest extends CryptoProviderContract {
  @Override
  protected CryptoProvider provider() {
    return new TinkCryptoProvider();
  }
}
