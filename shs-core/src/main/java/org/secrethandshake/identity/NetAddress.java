package org.secrethandshake.identity;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;

/**
 * One way to reach a server: a TCP host and port, the key that the server must prove to own, and
 * perhaps the seed of the identity with which to dial it, as invites have.
 *
 * <p>The port is 1 to 65535. The host is a name or an IP address in visible ASCII, IPv6 without
 * brackets; no name has been looked up. Whether the key is a valid one is decided when it is
 * dialled.
 *
 * <p>Immutable and thread-safe. A value: equal when host (as text), port, key and seed are equal.
 * Seeds are compared in constant time and do not enter the hash code. A seed lives as long as its
 * address and is not wiped; {@link #toString()} does not show it, {@link #format()} does.
 */
public final class NetAddress {
  private static final int MAX_PORT = 65535;
  private static final String HIDDEN_SEED = "(seed)";

  private final String host;
  private final int port;
  private final IdentityKey serverKey;
  private final byte @Nullable [] seed;

  private NetAddress(String host, int port, IdentityKey serverKey, byte @Nullable [] seed) {
    this.host = host;
    this.port = port;
    this.serverKey = serverKey;
    this.seed = seed;
  }

  /**
   * Creates an address without a seed.
   *
   * @param host a name or an IP address; an IPv6 address may stand in brackets, which are dropped
   * @param port 1 to 65535
   * @param serverKey the key that the server must prove to own
   * @throws IllegalArgumentException if the host or the port is invalid
   */
  public static NetAddress of(String host, int port, IdentityKey serverKey) {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("the port must be 1 to " + MAX_PORT + ", but is " + port);
    }
    return new NetAddress(
        Host.checked(host, IllegalArgumentException::new),
        port,
        Objects.requireNonNull(serverKey),
        null);
  }

  /**
   * Returns this address with the seed of the identity that dials it, which is copied.
   *
   * @throws IllegalArgumentException unless the seed has {@value CryptoProvider#SEED_BYTES} bytes
   */
  public NetAddress withSeed(byte[] seed) {
    Arguments.requireLength(seed, CryptoProvider.SEED_BYTES, "seed");
    return new NetAddress(host, port, serverKey, seed.clone());
  }

  /** Returns the host; an IPv6 address without brackets. */
  public String host() {
    return host;
  }

  /** Returns the TCP port. */
  public int port() {
    return port;
  }

  /** Returns the key that the server must prove to own. */
  public IdentityKey serverKey() {
    return serverKey;
  }

  /** Whether this address holds the seed of the identity that dials it. */
  public boolean hasSeed() {
    return seed != null;
  }

  /**
   * Returns a copy of the seed, a secret, which the caller wipes; empty if the address has none.
   * Named so that its uses are easy to find.
   */
  public Optional<byte[]> exportSeed() {
    return Optional.ofNullable(seed).map(byte[]::clone);
  }

  /** Returns the address as other implementations read it, <b>the seed included</b>. */
  public String format() {
    return seed == null ? text() : text() + ":" + Base64.getEncoder().encodeToString(seed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetAddress that
        && host.equals(that.host)
        && port == that.port
        && serverKey.equals(that.serverKey)
        && MessageDigest.isEqual(seed, that.seed);
  }

  @Override
  public int hashCode() {
    return Objects.hash(host, port, serverKey);
  }

  /** Returns the address with {@code (seed)} in place of a seed. */
  @Override
  public String toString() {
    return seed == null ? text() : text() + ":" + HIDDEN_SEED;
  }

  /** Returns the length of {@link #format()}, of which no copy is made. */
  int formattedLength() {
    return text().length() + (seed == null ? 0 : 1 + CanonicalBase64.encodedLength(seed.length));
  }

  private String text() {
    // A colon in the host needs no escape: the host ends at the last one.
    String escaped = host.replaceAll("[!~;]", "!$0");
    return "net:" + escaped + ":" + port + "~shs:" + serverKey.toBase64();
  }
}
