package org.secrethandshake.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
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
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Endpoint;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.identity.NetAddress;
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
 * try (SecretHandshake shs =
 *     SecretHandshake.builder()
 *         .crypto(CryptoProviders.named("bouncycastle"))
 *         .network(NetworkKey.SCUTTLEBUTT)
 *         .identity(alice)
 *         .build()) {
 *   ServerKey bob = shs.serverKey(bobsKey);
 *   try (SecretChannel channel = shs.connect(SocketChannel.open(address), bob)) {
 *     ...
 *   }
 * }
 * }</pre>
 */
public final class SecretHandshake implements AutoCloseable {
  /** The time that a whole handshake may take by default; the TCP connect of a dial counts. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  /** The time that a batch of a write may take by default. */
  public static final Duration DEFAULT_WRITE_TIMEOUT = Duration.ofMinutes(1);

  private final Endpoint endpoint;
  private final CryptoProvider crypto;
  private final @Nullable IdentityKey ownKey;
  private final Duration timeout;
  private final @Nullable Duration writeTimeout;
  private final @Nullable Duration idleTimeout;
  private final int maxBodyBytes;

  private SecretHandshake(Builder builder) {
    this.crypto = builder.crypto == null ? CryptoProviders.onlyInstalled() : builder.crypto;
    NetworkKey network =
        Objects.requireNonNull(builder.network, "no network key is set: call network(...)");
    this.endpoint = new Endpoint(crypto, network, builder.identity);
    this.ownKey = builder.identity == null ? null : builder.identity.publicKey();
    this.timeout = builder.timeout;
    this.writeTimeout = builder.writeTimeout;
    this.idleTimeout = builder.idleTimeout;
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
  public ServerKey serverKey(IdentityKey key) {
    return endpoint.serverKey(key);
  }

  /**
   * Begins a handshake as client that the caller drives itself, without a deadline.
   *
   * @throws IllegalStateException if no identity is configured, or if this object is closed
   */
  public ClientHandshake client(ServerKey server) {
    return endpoint.client(server);
  }

  /**
   * Begins a handshake as client under an identity for this dial, which the caller drives itself,
   * without a deadline.
   *
   * @param identity copied
   * @throws IllegalStateException if this object or the identity is closed
   */
  public ClientHandshake client(ServerKey server, IdentityKeyPair identity) {
    return endpoint.client(server, identity);
  }

  /**
   * Begins a handshake as server that the caller drives itself, without a deadline.
   *
   * @throws IllegalStateException if no identity is configured, or if this object is closed
   */
  public ServerHandshake server() {
    return endpoint.server();
  }

  /** Returns the time that a whole handshake may take, for a caller that drives it itself. */
  public Duration timeout() {
    return timeout;
  }

  /** Returns the longest body to receive in one packet, for {@link Session#unboxer(int)}. */
  public int maxBodyBytes() {
    return maxBodyBytes;
  }

  /**
   * Opens a channel as client. The transport belongs to the channel from now on; whatever this
   * throws, the transport is closed.
   *
   * @param transport a connected transport in blocking mode, see {@link Transports}
   * @throws HandshakeException if the handshake fails
   * @throws java.nio.channels.ClosedByInterruptException if this thread is interrupted
   * @throws IllegalBlockingModeException if the transport is in non-blocking mode
   * @throws IllegalStateException if no identity is configured, or if this object is closed
   * @throws org.secrethandshake.spi.CryptoProviderException if the backend breaks
   */
  public SecretChannel connect(ByteChannel transport, ServerKey server) throws IOException {
    return open(transport, driver -> run(driver, transport, client(server)));
  }

  /**
   * Opens a channel as client, under an identity for this dial: a fresh one to stay anonymous, or
   * that of an invite. Otherwise as {@link #connect(ByteChannel, ServerKey)}.
   *
   * @param identity copied
   */
  public SecretChannel connect(ByteChannel transport, ServerKey server, IdentityKeyPair identity)
      throws IOException {
    return open(transport, driver -> run(driver, transport, client(server, identity)));
  }

  /**
   * Dials an address: its alternatives in order, and the socket addresses of each, until one leads
   * to a channel. An address that holds a seed is dialled with the identity of that seed. The
   * timeout covers, for each socket address anew, the TCP connect and the handshake, but not the
   * lookup of a host's name. TCP keep-alive is on.
   *
   * @throws IOException the first failure, with those of later attempts suppressed in it: a {@link
   *     HandshakeException}, or a {@link java.net.ConnectException} or {@link
   *     java.net.UnknownHostException} if no connection was made. A {@link
   *     java.nio.channels.ClosedByInterruptException} if this thread is interrupted, which ends all
   *     attempts
   * @throws IllegalArgumentException if a server key is not a valid Ed25519 public key
   * @throws IllegalStateException if no identity is configured and the address has no seed, or if
   *     this object is closed; nothing was looked up or dialled then
   */
  public SecretChannel connect(MultiserverAddress address) throws IOException {
    return new Dialer(this).dial(address);
  }

  /**
   * Opens a channel as server. The transport belongs to the channel from now on; whatever this
   * throws, the transport is closed.
   *
   * <p>A clientAuthenticate that does not let the client in is answered by the close, a whole
   * number of quarter seconds after it came, and by the deadline at the latest. So the time does
   * not tell a client whether it knew our key, as long as the authorizer takes less than that.
   *
   * @param transport a connected transport in blocking mode, see {@link Transports}
   * @param authorizer decides whether the client is let in
   * @throws HandshakeException if the handshake fails, or the client is refused
   * @throws java.nio.channels.ClosedByInterruptException if this thread is interrupted
   * @throws IllegalBlockingModeException if the transport is in non-blocking mode
   * @throws IllegalStateException if no identity is configured, or if this object is closed
   * @throws org.secrethandshake.spi.CryptoProviderException if the backend breaks
   */
  public SecretChannel accept(ByteChannel transport, Authorizer authorizer) throws IOException {
    return open(
        transport,
        driver -> {
          Objects.requireNonNull(authorizer, "authorizer");
          try (ServerHandshake handshake = server()) {
            Session session = driver.run(handshake, authorizer);
            return channel(transport, session, driver.authorization());
          }
        });
  }

  /** Opens a channel over a socket that connects first, under the same deadline. */
  SecretChannel connect(
      InetSocketAddress address, ServerKey server, @Nullable IdentityKeyPair identity)
      throws IOException {
    SocketChannel socket = SocketChannel.open();
    return open(
        socket,
        driver -> {
          ClientHandshake handshake = identity == null ? client(server) : client(server, identity);
          try (handshake) {
            Dialer.connect(socket, address, driver.deadline(), timeout);
            return run(driver, socket, handshake);
          }
        });
  }

  /** Checks that a dial of this address can begin, before anything is looked up. */
  void requireIdentityFor(NetAddress address) {
    endpoint.requireOpen();
    if (ownKey == null && !address.hasSeed()) {
      throw new IllegalStateException(
          "no identity is configured, and the address has no seed to make one of");
    }
  }

  CryptoProvider crypto() {
    return crypto;
  }

  /** Holds a conversation with a server that has our own configuration, and echoes. */
  void talkToOurselves(SocketChannel socket) throws IOException {
    try (SecretChannel channel = connect(socket, serverKey(Objects.requireNonNull(ownKey)))) {
      ByteBuffer packets = ByteBuffer.allocate(2 * Boxer.MAX_BODY_BYTES);
      channel.write(packets);
      channel.read(packets.clear());
      channel.shutdownOutput();
    }
  }

  /**
   * Checks that this object can serve.
   *
   * @throws IllegalStateException if no identity is configured, or if this object is closed
   */
  void requireServable() {
    endpoint.server().close();
  }

  private SecretChannel run(
      HandshakeDriver driver, ByteChannel transport, ClientHandshake handshake) throws IOException {
    try (handshake) {
      return channel(transport, driver.run(handshake), null);
    }
  }

  private SecretChannel channel(
      ByteChannel transport, Session session, @Nullable Object authorization) {
    try (session) {
      SecretChannel channel = new SecretChannel(transport, session, maxBodyBytes, authorization);
      try {
        channel.writeTimeout(writeTimeout);
        channel.idleTimeout(idleTimeout);
        return channel;
      } catch (RuntimeException | Error e) {
        channel.abort();
        throw e;
      }
    }
  }

  /** Runs a handshake before its deadline, and closes the transport unless that gives a channel. */
  private SecretChannel open(ByteChannel transport, Opening opening) throws IOException {
    Objects.requireNonNull(transport, "transport");
    try (Deadline deadline = Deadline.arm(timeout, transport)) {
      if (transport instanceof SelectableChannel channel && !channel.isBlocking()) {
        throw new IllegalBlockingModeException();
      }
      return opening.open(new HandshakeDriver(transport, deadline));
    } catch (IOException | RuntimeException | Error e) {
      Deadline.closeQuietly(transport);
      throw e;
    }
  }

  private interface Opening {
    SecretChannel open(HandshakeDriver driver) throws IOException;
  }

  /** Wipes the secrets. Closing again does nothing. */
  @Override
  public void close() {
    endpoint.close();
  }

  /** Collects the configuration. Not thread-safe. */
  public static final class Builder {
    private @Nullable CryptoProvider crypto;
    private @Nullable NetworkKey network;
    private @Nullable IdentityKeyPair identity;
    private Duration timeout = DEFAULT_TIMEOUT;
    private @Nullable Duration writeTimeout = DEFAULT_WRITE_TIMEOUT;
    private @Nullable Duration idleTimeout;
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

    /**
     * Sets our identity, which is copied. Without one, only addresses with a seed can be dialled.
     */
    public Builder identity(IdentityKeyPair identity) {
      this.identity = identity;
      return this;
    }

    /**
     * Sets the time that a whole handshake may take, {@link #DEFAULT_TIMEOUT} unless called. It is
     * one deadline, not one per read: a peer that sends a byte now and then is cut off, too.
     */
    public Builder timeout(Duration timeout) {
      SecretChannel.requirePositive(timeout, "timeout");
      this.timeout = timeout;
      return this;
    }

    /**
     * Sets how long a write of a channel may wait for the peer to take its next batch, {@link
     * #DEFAULT_WRITE_TIMEOUT} unless called: so a peer that vanished or never reads holds up no
     * writer for good. See {@link SecretChannel#writeTimeout}.
     *
     * @param timeout positive, or {@code null} to wait without limit
     */
    public Builder writeTimeout(@Nullable Duration timeout) {
      this.writeTimeout = SecretChannel.requirePositive(timeout, "write timeout");
      return this;
    }

    /**
     * Sets how long a channel may be silent in both directions before it is cut; without limit
     * unless called. See {@link SecretChannel#idleTimeout}.
     *
     * @param timeout positive, or {@code null} for no limit
     */
    public Builder idleTimeout(@Nullable Duration timeout) {
      this.idleTimeout = SecretChannel.requirePositive(timeout, "idle timeout");
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
