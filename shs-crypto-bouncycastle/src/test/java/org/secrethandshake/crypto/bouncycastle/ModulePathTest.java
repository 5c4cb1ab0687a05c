package org.secrethandshake.crypto.bouncycastle;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ModulePathContract;

class ModulePathTest extends ModulePathContract {
  @Override
  protected CryptoProvider provider() {
    return new BouncyCastleCryptoProvider();
  }
}
