package org.secrethandshake.handshake;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.VerifyKey;

/**
 * This side of every handshake: crypto backend, network key, own identity.
 *
 * <p>Keys are validated here, when they are configured, and not in the middle of a handshake.
 * Thread-safe; makes any number of handshakes. Whoever creates one closes it, which wipes its
 * copies of the secrets; handshakes already made are not affected.
 */
public final class Local implements AutoCloseable {
  private final CryptoProvider crypto;
  private final byte[] networkKey;
  private final @Nullable IdentityKeyPair identity;
  private volatile boolean closed;

  /**
   * Configures this side.
   *
   * @param network copied
   * @param identity copied; {@code null} if every handshake will name its own
   * @throws CryptoProviderException if the backend calls the identity that it derived invalid
   */
  public Local(CryptoProvider crypto, NetworkKey network, @Nullable IdentityKeyPair identity) {
    this.crypto = crypto;
    this.networkKey = network.exportBytes();
    this.identity = identity == null ? null : identity.copy(crypto);
    boolean valid = false;
    try {
      valid = identity == null || validKey(identity.publicKey()).isPresent();
    } finally {
      if (!valid) {
        close();
      }
    }
    if (!valid) {
      throw new CryptoProviderException(
          "The crypto backend '%s' calls an identity invalid that it derived itself. It is broken."
              .formatted(crypto.name()));
    }
  }

  /**
   * Validates a server's key for dialling.
   *
   * @throws IllegalArgumentException if the key is not a valid Ed25519 public key
   */
  public Remote remote(IdentityKey serverKey) {
    VerifyKey verifyKey =
        validKey(serverKey)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the server's public key is not a valid Ed25519 key: check where it was"
                            + " copied from"));
    return new Remote(serverKey, verifyKey);
  }

  /**
   * Begins a handshake as client.
   *
   * @throws IllegalStateException if no identity is configured, or if this object is closed
   */
  public ClientHandshake client(Remote server) {
    return new ClientHandshake(this, Objects.requireNonNull(server, "server"));
  }

  /**
   * Begins a handshake as server.
   *
   * @throws IllegalStateException if no identity is configured, or if this object is closed
   */
  public ServerHandshake server() {
    return new ServerHandshake(this);
  }

  CryptoProvider crypto() {
    return crypto;
  }

  byte[] networkKey() {
    synchronized (networkKey) {
      requireOpen();
      return networkKey.clone();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this side's configuration is closed and its keys are wiped");
    }
  }

  /** An own copy for one handshake, which closes it. */
  IdentityKeyPair identityCopy() {
    if (identity == null) {
      throw new IllegalStateException(
          "no identity is configured: a handshake needs one, fresh or from a seed or key file");
    }
    requireOpen();
    return identity.copy(crypto);
  }

  /** Parses a key by our own test of its bytes and then by the backend's. */
  Optional<VerifyKey> validKey(IdentityKey key) {
    byte[] bytes = key.bytes();
    return Encodings.isSafePoint(bytes) ? crypto.verifyKey(bytes) : Optional.empty();
  }

  /** Wipes the keys. Closing again does nothing. */
  @Override
  public void close() {
    synchronized (networkKey) {
      closed = true;
      Bytes.wipe(networkKey);
    }
    if (identity != null) {
      identity.close();
    }
  }
}
