package org.secrethandshake.channel;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Local;
import org.secrethandshake.handshake.Remote;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/**
 * This side of Secret Handshake: opens channels as client or server, over any transport.
 *
 * <p>A channel that is returned is mutually authenticated: the client reached the owner of the
 * server key that it dialled, and the server knows the client's key and let it in. A handshake that
 * fails closes the transport without a word, so the peer cannot tell why.
 *
 * <p>Thread-safe. Whoever builds one closes it, which wipes its copies of the secrets; its channels
 * and handshakes are not affected.
 *
 * <pre>{@code
 * SecretHandshake shs =
 *     SecretHandshake.builder()
 *         .crypto(CryptoProviders.named("bouncycastle"))
 *         .network(NetworkKey.SCUTTLEBUTT)
 *         .identity(alice)
 *         .build();
 * try (SecretChannel channel = shs.connect(SocketChannel.open(address), shs.remote(bobsKey))) {
 *   ...
 * }
 * }</pre>
 */
public final class SecretHandshake implements AutoCloseable {
  /** The time that a whole handshake may take, unless another is set. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  private final Local local;
  private final CryptoProvider crypto;
  private final NetworkKey network;
  private final Duration timeout;
  private final int maxBodyBytes;

  private SecretHandshake(Builder builder) {
    this.crypto = builder.crypto == null ? CryptoProviders.onlyInstalled() : builder.crypto;
    this.network =
        Objects.requireNonNull(builder.network, "no network key is set: call network(...)");
    this.local = new Local(crypto, network, builder.identity);
    this.timeout = builder.timeout;
    this.maxBodyBytes = builder.maxBodyBytes;
  }

  /** Returns a builder; {@link Builder#network} must be called. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Validates a server's key for dialling. Keep the answer: each dial with it saves that work.
   *
   * @throws IllegalArgumentException if the key is not a valid Ed25519 public key
   */
  public Remote remote(IdentityKey serverKey) {
    return local.remote(serverKey);
  }

  /**
   * Begins a handshake as client that the caller drives itself, without a deadline.
   *
   * @throws IllegalStateException if no identity is configured, or if this object is closed
   */
  public ClientHandshake client(Remote server) {
    return local.client(server);
  }

  /**
   * Begins a handshake as server that the caller drives itself, without a deadline.
   *
   * @throws IllegalStateException if no identity is configured, or if this object is closed
   */
  public ServerHandshake server() {
    return local.server();
  }

  /**
   * Opens a channel as client. The channel owns the transport from now on, and any failure but a
   * mistake in the arguments closes it.
   *
   * @param transport a connected transport in blocking mode, see {@link Transports}
   * @throws HandshakeException if the handshake fails
   * @throws IllegalBlockingModeException if the transport is in non-blocking mode
   * @throws IllegalStateException if no identity is configured, or if this object is closed
   */
  public SecretChannel connect(ByteChannel transport, Remote server) throws IOException {
    requireBlocking(transport);
    Objects.requireNonNull(server, "server");
    return open(
        transport,
        driver -> {
          try (ClientHandshake handshake = client(server)) {
            return channel(transport, driver.run(handshake), null);
          }
        });
  }

  /**
   * Dials an address: its alternatives in order, and the socket addresses of each, until one leads
   * to a channel. An address that holds a seed is dialled with the identity of that seed. The
   * timeout covers, for each socket address anew, the TCP connect and the handshake, but not the
   * lookup of a host's name.
   *
   * @throws IOException the first failure, with those of later attempts suppressed in it: a {@link
   *     HandshakeException}, or a {@link java.net.ConnectException} or {@link
   *     java.net.UnknownHostException} if no connection was made
   * @throws IllegalArgumentException if a server key is not a valid Ed25519 public key
   * @throws IllegalStateException if no identity is configured and the address has no seed, or if
   *     this object is closed
   */
  public SecretChannel connect(MultiserverAddress address) throws IOException {
    return new Dialer(this).dial(address);
  }

  /**
   * Opens a channel as server. The channel owns the transport from now on, and any failure but a
   * mistake in the arguments closes it.
   *
   * @param transport a connected transport in blocking mode, see {@link Transports}
   * @param authorizer decides whether the client is let in
   * @throws HandshakeException if the handshake fails, or the client is refused
   * @throws IllegalBlockingModeException if the transport is in non-blocking mode
   * @throws IllegalStateException if no identity is configured, or if this object is closed
   */
  public SecretChannel accept(ByteChannel transport, Authorizer authorizer) throws IOException {
    requireBlocking(transport);
    Objects.requireNonNull(authorizer, "authorizer");
    return open(
        transport,
        driver -> {
          try (ServerHandshake handshake = server()) {
            return channel(transport, driver.run(handshake, authorizer), driver.authorization());
          }
        });
  }

  /** Opens a channel over a socket that connects first, under the same deadline. */
  SecretChannel connect(Dialer.Target target) throws IOException {
    Remote server = remote(target.serverKey());
    SocketChannel socket = SocketChannel.open();
    return open(
        socket,
        driver -> {
          try (ClientHandshake handshake = client(server)) {
            target.connect(socket, driver.deadline(), timeout);
            return channel(socket, driver.run(handshake), null);
          }
        });
  }

  /** The same side under the identity of a seed; the caller closes it. */
  SecretHandshake withSeed(byte[] seed) {
    try (IdentityKeyPair anonymous = IdentityKeyPair.fromSeed(crypto, seed)) {
      return builder()
          .crypto(crypto)
          .network(network)
          .identity(anonymous)
          .timeout(timeout)
          .maxBodyBytes(maxBodyBytes)
          .build();
    }
  }

  private SecretChannel channel(
      ByteChannel transport, Session session, @Nullable Object authorization) {
    try (session) {
      return new SecretChannel(transport, session, maxBodyBytes, authorization);
    }
  }

  /** Runs a handshake before its deadline, and closes the transport unless that gives a channel. */
  private SecretChannel open(ByteChannel transport, Opening opening) throws IOException {
    boolean opened = false;
    try (Deadline deadline = Deadline.arm(timeout, transport)) {
      SecretChannel channel = opening.open(new HandshakeDriver(transport, deadline));
      opened = true;
      return channel;
    } finally {
      if (!opened) {
        Deadline.closeQuietly(transport);
      }
    }
  }

  private interface Opening {
    SecretChannel open(HandshakeDriver driver) throws IOException;
  }

  private static void requireBlocking(ByteChannel transport) {
    if (transport instanceof SelectableChannel channel && !channel.isBlocking()) {
      throw new IllegalBlockingModeException();
    }
  }

  /** Wipes the secrets. Closing again does nothing. */
  @Override
  public void close() {
    local.close();
  }

  /** Collects the configuration. Not thread-safe. */
  public static final class Builder {
    private @Nullable CryptoProvider crypto;
    private @Nullable NetworkKey network;
    private @Nullable IdentityKeyPair identity;
    private Duration timeout = DEFAULT_TIMEOUT;
    private int maxBodyBytes = Unboxer.MAX_BODY_BYTES;

    private Builder() {}

    /** Sets the crypto backend; {@link CryptoProviders#onlyInstalled()} unless called. */
    public Builder crypto(CryptoProvider crypto) {
      this.crypto = crypto;
      return this;
    }

    /** Sets the network key, which every peer of the network holds. */
    public Builder network(NetworkKey network) {
      this.network = network;
      return this;
    }

    /** Sets our identity, which is copied. Only dialling addresses with a seed works without. */
    public Builder identity(IdentityKeyPair identity) {
      this.identity = identity;
      return this;
    }

    /**
     * Sets the time that a whole handshake may take, {@link #DEFAULT_TIMEOUT} unless called. It is
     * one deadline, not one per read: a peer that sends a byte now and then is cut off, too.
     */
    public Builder timeout(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("the timeout must be positive, but is " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /**
     * Sets the longest body to receive in one packet, {@link Unboxer#MAX_BODY_BYTES} unless called;
     * at most {@link Unboxer#MAX_ANNOUNCED_BYTES}.
     */
    public Builder maxBodyBytes(int maxBodyBytes) {
      if (maxBodyBytes < Unboxer.MAX_BODY_BYTES || maxBodyBytes > Unboxer.MAX_ANNOUNCED_BYTES) {
        throw new IllegalArgumentException(
            "the longest body to receive must be %d to %d bytes, but is %d"
                .formatted(Unboxer.MAX_BODY_BYTES, Unboxer.MAX_ANNOUNCED_BYTES, maxBodyBytes));
      }
      this.maxBodyBytes = maxBodyBytes;
      return this;
    }

    /**
     * Builds, and validates the keys.
     *
     * @throws NullPointerException if no network key is set
     * @throws org.secrethandshake.spi.CryptoProviderException if no backend is set and none can be
     *     chosen
     */
    public SecretHandshake build() {
      return new SecretHandshake(this);
    }
  }
}
