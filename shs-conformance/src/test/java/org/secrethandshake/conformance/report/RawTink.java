package org.secrethandshake.conformance.report;

import java.lang.reflect.InvocationTargetException;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * Tink's own {@code Ed25519Verify} and {@code X25519}, found by their names: Tink is on the path
 * only where its backend has brought it.
 */
record RawTink() implements Column {
  private static final String SUBTLE = "com.google.crypto.tink.subtle.";

  @Override
  public String name() {
    return "Tink";
  }

  @Override
  public boolean isOurs() {
    return false;
  }

  /** By the constructor: {@code create} would ask the JDK first. */
  @Override
  public boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    return unlessRefused(
            () -> {
              Class<?> type = Class.forName(SUBTLE + "Ed25519Verify");
              Object verify = type.getConstructor(byte[].class).newInstance(publicKey);
              type.getMethod("verify", byte[].class, byte[].class)
                  .invoke(verify, signature, message);
              return true;
            })
        .isPresent();
  }

  @Override
  public Optional<byte[]> agree(byte[] scalar, byte[] point) {
    return unlessRefused(
        () ->
            (byte[])
                Class.forName(SUBTLE + "X25519")
                    .getMethod("computeSharedSecret", byte[].class, byte[].class)
                    .invoke(null, scalar, point));
  }

  private interface Call<T> {
    T run() throws ReflectiveOperationException;
  }

  private static <T> Optional<T> unlessRefused(Call<T> call) {
    try {
      return Optional.of(call.run());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof GeneralSecurityException) {
        return Optional.empty();
      }
      throw new AssertionError(e);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
