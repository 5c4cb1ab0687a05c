package org.secrethandshake.testkit;

import org.junit.jupiter.api.Nested;
import org.secrethandshake.spi.CryptoProvider;

/**
 * The whole contract of {@link CryptoProvider}: every backend that passes accepts and rejects
 * exactly the same bytes.
 *
 * <p>The author of a backend writes this test and sees each broken rule by its name:
 *
 * <pre>{@code
 * class MyContractTest extends CryptoProviderContract {
 *   @Override
 *   protected CryptoProvider provider() {
 *     return new MyCryptoProvider();
 *   }
 * }
 * }</pre>
 *
 * <p>Each part can be extended by itself, too, for example {@link SignContract}.
 */
public abstract class CryptoProviderContract {
  /** Called by subclasses. */
  protected CryptoProviderContract() {}

  /** Returns the provider under test. Called often; a new one or always the same. */
  protected abstract CryptoProvider provider();

  @Nested
  class Itself extends ProviderContract {
    @Override
    protected CryptoProvider provider() {
      return CryptoProviderContract.this.provider();
    }
  }

  @Nested
  class Sign extends SignContract {
    @Override
    protected CryptoProvider provider() {
      return CryptoProviderContract.this.provider();
    }
  }

  @Nested
  class Verify extends VerifyContract {
    @Override
    protected CryptoProvider provider() {
      return CryptoProviderContract.this.provider();
    }
  }

  @Nested
  class ScalarMult extends ScalarMultContract {
    @Override
    protected CryptoProvider provider() {
      return CryptoProviderContract.this.provider();
    }
  }

  @Nested
  class Auth extends AuthContract {
    @Override
    protected CryptoProvider provider() {
      return CryptoProviderContract.this.provider();
    }
  }

  @Nested
  class Hash extends HashContract {
    @Override
    protected CryptoProvider provider() {
      return CryptoProviderContract.this.provider();
    }
  }

  @Nested
  class SecretBox extends SecretBoxContract {
    @Override
    protected CryptoProvider provider() {
      return CryptoProviderContract.this.provider();
    }
  }

  @Nested
  class SecretBoxUse extends SecretBoxUseContract {
    @Override
    protected CryptoProvider provider() {
      return CryptoProviderContract.this.provider();
    }
  }
}
