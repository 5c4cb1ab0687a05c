package org.secrethandshake.crypto.bouncycastle;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.BundledBackendContract;

class BundledBackendTest extends BundledBackendContract {
  @Override
  protected CryptoProvider provider() {
    return new BouncyCastleCryptoProvider();
  }
}
