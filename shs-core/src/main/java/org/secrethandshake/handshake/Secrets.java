package org.secrethandshake.handshake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything secret in one handshake, in one place and with one wipe: the named secrets of the
 * guide, and every intermediate result on the way to them.
 *
 * <p>A secret has no value before it is agreed, so no key can be made of one that is missing.
 */
final class Secrets implements AutoCloseable {
  private final List<byte[]> kept = new ArrayList<>();

  /** A secret under its name in the guide, which the order of the messages agrees at some point. */
  Secret secret(String name) {
    return new Secret(name);
  }

  /** Keeps an array until the wipe, and returns it. */
  byte[] keep(byte[] value) {
    kept.add(value);
    return value;
  }

  /** A secret that is kept. */
  Secret secret(String name, byte[] value) {
    Secret secret = new Secret(name);
    secret.agree(value);
    return secret;
  }

  /** Wipes all of them. */
  @Override
  public void close() {
    kept.forEach(Bytes::wipe);
  }

  /** One secret: without a value until it is agreed, and then with that value. */
  final class Secret {
    private final String name;
    private byte @Nullable [] value;

    private Secret(String name) {
      this.name = name;
    }

    void agree(byte[] agreed) {
      value = keep(agreed);
    }

    /**
     * Returns the value, not a copy.
     *
     * @throws IllegalStateException if it is not agreed yet
     */
    byte[] get() {
      if (value == null) {
        throw new IllegalStateException(
            name + " is not agreed yet: the messages are out of their order");
      }
      return value;
    }
  }
}
