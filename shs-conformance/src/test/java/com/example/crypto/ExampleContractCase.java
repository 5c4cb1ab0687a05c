package com.example.crypto;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.CryptoProviderContract;

class ExampleContractCase extends CryptoProviderContract {
  @Override
  protected CryptoProvider provider() {
    return new ExampleCryptoProvider();
  }
}
