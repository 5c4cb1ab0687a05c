package org.secrethandshake.crypto.tink;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.SharedBackendContract;

class SharedBackendTest extends SharedBackendContract {
  @Override
  protected CryptoProvider provider() {
    return new TinkCryptoProvider();
  }
}
