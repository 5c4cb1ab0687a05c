package org.secrethandshake.crypto.bouncycastle;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.AllocationContract;

class AllocationTest extends AllocationContract {
  @Override
  protected CryptoProvider provider() {
    return new BouncyCastleCryptoProvider();
  }
}
