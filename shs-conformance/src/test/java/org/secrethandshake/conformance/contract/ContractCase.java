package org.secrethandshake.conformance.contract;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.CryptoProviderContract;

/**
 * The contract over a provider that {@link ContractRun} chooses. Its name keeps the build from
 * running it by itself, since most of its providers are meant to fail.
 */
class ContractCase extends CryptoProviderContract {
  private static CryptoProvider provider;

  static void over(CryptoProvider chosen) {
    provider = chosen;
  }

  @Override
  protected CryptoProvider provider() {
    return provider;
  }
}
