package org.secrethandshake.crypto.sodium;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.SharedBackendContract;

class SharedBackendTest extends SharedBackendContract {
  @Override
  protected CryptoProvider provider() {
    return new SodiumCryptoProvider();
  }
}
