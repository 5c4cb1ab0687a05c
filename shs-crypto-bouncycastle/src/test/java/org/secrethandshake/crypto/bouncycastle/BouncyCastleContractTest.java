package org.secrethandshake.crypto.bouncycastle;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.CryptoProviderContract;

class BouncyCastleContractTest extends CryptoProviderContract {
  @Override
  protected CryptoProvider provider() {
    return new BouncyCastleCryptoProvider();
  }
}
