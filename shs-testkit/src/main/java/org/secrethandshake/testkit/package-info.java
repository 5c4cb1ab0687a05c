/**
 * Contracts that prove a crypto backend, and providers for tests.
 *
 * <p>Start with {@link org.secrethandshake.testkit.CryptoProviderContract}. What a test within one
 * JVM and class loader does not see, four others prove: {@link
 * org.secrethandshake.testkit.ModulePathContract}, {@link
 * org.secrethandshake.testkit.AllocationContract}, {@link
 * org.secrethandshake.testkit.BundledBackendContract} and {@link
 * org.secrethandshake.testkit.SharedBackendContract}.
 */
@NullMarked
package org.secrethandshake.testkit;

import org.jspecify.annotations.NullMarked;
