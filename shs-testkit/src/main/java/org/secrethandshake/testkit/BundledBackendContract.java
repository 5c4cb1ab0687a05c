package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A provider that an application brings along, with all that it needs: nothing of it is left when
 * the application is unloaded.
 *
 * <p>A backend on a native library may be unable to meet this; its documentation then asks for
 * {@linkplain SharedBackendContract sharing} it. The provider's class and constructor are public.
 */
public abstract class BundledBackendContract {
  /** Called by subclasses. */
  protected BundledBackendContract() {}

  /** Returns the provider under test. */
  protected abstract CryptoProvider provider();

  @Test
  void goesWithTheApplicationThatBroughtIt() throws Exception {
    Application application = Application.withLibraries();

    application.use(provider().getClass().getName());

    assertTrue(application.isGone(), "the application's class loader is still held");
  }
}
