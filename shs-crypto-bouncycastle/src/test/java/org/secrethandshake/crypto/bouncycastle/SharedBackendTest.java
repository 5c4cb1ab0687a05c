package org.secrethandshake.crypto.bouncycastle;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.SharedBackendContract;

class SharedBackendTest extends SharedBackendContract {
  @Override
  protected CryptoProvider provider() {
    return new BouncyCastleCryptoProvider();
  }
}
