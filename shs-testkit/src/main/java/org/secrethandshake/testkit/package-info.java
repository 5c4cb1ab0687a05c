/**
 * Contracts that prove a crypto backend, and providers for tests.
 *
 * <p>Start with {@link org.secrethandshake.testkit.CryptoProviderContract}.
 */
@NullMarked
package org.secrethandshake.testkit;

import org.jspecify.annotations.NullMarked;
