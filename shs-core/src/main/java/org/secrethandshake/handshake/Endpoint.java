package org.secrethandshake.handshake;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * Our end of every handshake: crypto backend, network key, own identity.
 *
 * <p>Keys are validated here, when they are configured, and not in the middle of a handshake.
 * Thread-safe; makes any number of handshakes. Whoever creates one closes it, which wipes its
 * copies of the secrets; handshakes already made are not affected.
 */
public final class Endpoint implements AutoCloseable {
  private final CryptoProvider crypto;
  private final byte[] networkKey;
  private final @Nullable IdentityKeyPair identity;
  private boolean closed;

  /**
   * Configures our end.
   *
   * @param network copied
   * @param identity copied; {@code null} if every handshake will name its own
   * @throws CryptoProviderException if the backend breaks, or calls the identity that it derived
   *     invalid
   */
  public Endpoint(CryptoProvider crypto, NetworkKey network, @Nullable IdentityKeyPair identity) {
    this.crypto = crypto;
    this.networkKey = network.exportBytes();
    try {
      this.identity = identity == null ? null : validCopy(identity);
    } catch (RuntimeException | Error e) {
      Bytes.wipe(networkKey);
      throw e;
    }
  }

  /**
   * Validates a server's key for dialling.
   *
   * @throws IllegalArgumentException if the key is not a valid Ed25519 public key
   * @throws CryptoProviderException if the backend breaks
   */
  public ServerKey serverKey(IdentityKey key) {
    return parsed(key)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the server's public key is not a valid Ed25519 key: check where it was copied"
                        + " from"));
  }

  private Optional<ServerKey> parsed(IdentityKey key) {
    try {
      return Encodings.validKey(crypto, key.bytes())
          .map(verifyKey -> new ServerKey(key, verifyKey));
    } catch (RuntimeException e) {
      throw CryptoProviderException.broken(crypto, "parsing a server's key", e);
    }
  }

  /**
   * Begins a handshake as client, under the configured identity.
   *
   * @throws IllegalStateException if no identity is configured, or if this object is closed
   * @throws CryptoProviderException if the backend breaks
   */
  public ClientHandshake client(ServerKey server) {
    Objects.requireNonNull(server, "server");
    return client(server, ownKeys());
  }

  /**
   * Begins a handshake as client, under an identity for this dial: a fresh one to stay anonymous,
   * or that of an invite.
   *
   * @param identity copied
   * @throws IllegalStateException if this object or the identity is closed
   * @throws CryptoProviderException if the backend breaks, or calls the identity that it derived
   *     invalid
   */
  public ClientHandshake client(ServerKey server, IdentityKeyPair identity) {
    Objects.requireNonNull(server, "server");
    return client(server, keysWith(validCopy(identity)));
  }

  private ClientHandshake client(ServerKey server, Keys keys) {
    return new ClientHandshake(
        crypto, new ClientProtocol(crypto, keys.networkKey, keys.identity, server), server);
  }

  /**
   * Begins a handshake as server, under the configured identity.
   *
   * @throws IllegalStateException if no identity is configured, or if this object is closed
   */
  public ServerHandshake server() {
    Keys keys = ownKeys();
    return new ServerHandshake(crypto, new ServerProtocol(crypto, keys.networkKey, keys.identity));
  }

  /** Copies of the keys of one handshake, which wipes them. */
  private static final class Keys {
    final byte[] networkKey;
    final IdentityKeyPair identity;

    Keys(byte[] networkKey, IdentityKeyPair identity) {
      this.networkKey = networkKey;
      this.identity = identity;
    }
  }

  /** Both copies at once, so that a close comes before a handshake or after its beginning. */
  private synchronized Keys ownKeys() {
    requireOpen();
    if (identity == null) {
      throw new IllegalStateException(
          "no identity is configured: a handshake needs one, fresh or from a seed or key file");
    }
    return new Keys(networkKey.clone(), identity.copy(crypto));
  }

  private synchronized Keys keysWith(IdentityKeyPair identity) {
    try {
      requireOpen();
      return new Keys(networkKey.clone(), identity);
    } catch (IllegalStateException e) {
      identity.close();
      throw e;
    }
  }

  private IdentityKeyPair validCopy(IdentityKeyPair identity) {
    IdentityKeyPair copy = identity.copy(crypto);
    try {
      if (Encodings.validKey(crypto, copy.publicKey().bytes()).isEmpty()) {
        throw new CryptoProviderException(
            "The crypto backend '%s' calls an identity invalid that it derived itself. It is broken."
                .formatted(crypto.name()));
      }
      return copy;
    } catch (RuntimeException | Error e) {
      copy.close();
      throw CryptoProviderException.broken(crypto, "validating an identity", e);
    }
  }

  /**
   * Checks that this object can make handshakes.
   *
   * @throws IllegalStateException if it is closed
   */
  public synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this endpoint is closed and its keys are wiped");
    }
  }

  /** Wipes the keys. Closing again does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    Bytes.wipe(networkKey);
    if (identity != null) {
      identity.close();
    }
  }

  /** Says what this is, without a key. */
  @Override
  public synchronized String toString() {
    return "Endpoint[" + (closed ? "closed" : "open") + "]";
  }
}
