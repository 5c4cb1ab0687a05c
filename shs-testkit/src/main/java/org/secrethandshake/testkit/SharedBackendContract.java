package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A provider that several applications of a server share: it holds no class loader of an
 * application that has used it, not even of the first one. Else an application could not be
 * unloaded.
 *
 * <p>The provider's class and constructor are public.
 */
public abstract class SharedBackendContract {
  /** Called by subclasses. */
  protected SharedBackendContract() {}

  /** Returns the provider under test. */
  protected abstract CryptoProvider provider();

  @Test
  void letsGoOfAnApplicationThatHasUsedIt() throws Exception {
    try (URLClassLoader shared = Application.libraries()) {
      Application application = Application.over(shared);

      application.use(provider().getClass().getName());

      assertTrue(application.isGone(), "the application's class loader is still held");
    }
  }
}
