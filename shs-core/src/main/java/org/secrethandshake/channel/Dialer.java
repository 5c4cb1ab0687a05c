package org.secrethandshake.channel;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.identity.NetAddress;

/** Tries the alternatives of one multiserver address, and the socket addresses of each. */
final class Dialer {
  private final SecretHandshake shs;
  private @Nullable IOException failure;

  Dialer(SecretHandshake shs) {
    this.shs = shs;
  }

  SecretChannel dial(MultiserverAddress address) throws IOException {
    for (NetAddress alternative : address.alternatives()) {
      shs.requireIdentityFor(alternative);
    }
    for (NetAddress alternative : address.alternatives()) {
      Optional<SecretChannel> channel = attempt(alternative);
      if (channel.isPresent()) {
        return channel.get();
      }
    }
    throw failure == null ? new ConnectException("the address has no alternative") : failure;
  }

  private Optional<SecretChannel> attempt(NetAddress alternative) throws IOException {
    Optional<byte[]> seed = alternative.exportSeed();
    if (seed.isEmpty()) {
      return attempt(alternative, null);
    }
    try (IdentityKeyPair invited = IdentityKeyPair.fromSeed(shs.crypto(), seed.get())) {
      return attempt(alternative, invited);
    } finally {
      Arrays.fill(seed.get(), (byte) 0);
    }
  }

  private Optional<SecretChannel> attempt(NetAddress alternative, @Nullable IdentityKeyPair as)
      throws IOException {
    ServerKey server = shs.serverKey(alternative.serverKey());
    try {
      for (InetAddress host : InetAddress.getAllByName(alternative.host())) {
        Optional<SecretChannel> channel =
            attempt(new InetSocketAddress(host, alternative.port()), server, as);
        if (channel.isPresent()) {
          return channel;
        }
      }
    } catch (UnknownHostException e) {
      failed(e);
    }
    return Optional.empty();
  }

  private Optional<SecretChannel> attempt(
      InetSocketAddress address, ServerKey server, @Nullable IdentityKeyPair as)
      throws ClosedByInterruptException {
    try {
      return Optional.of(shs.connect(address, server, as));
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      failed(e);
      return Optional.empty();
    }
  }

  private void failed(IOException cause) {
    if (failure == null) {
      failure = cause;
    } else {
      failure.addSuppressed(cause);
    }
  }

  /** Connects a socket, which the deadline closes. */
  static void connect(
      SocketChannel socket, InetSocketAddress address, Deadline deadline, Duration timeout)
      throws IOException {
    try {
      SocketSettings.apply(socket);
      socket.connect(address);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException | UnsupportedAddressTypeException e) {
      String why =
          deadline.passed()
              ? "no answer within " + TimeLimits.seconds(timeout)
              : Transports.reason(e);
      ConnectException error =
          new ConnectException(
              "Could not connect to port %s of %s: %s."
                  .formatted(
                      Integer.toString(address.getPort()),
                      address.getAddress().getHostAddress(),
                      why));
      error.initCause(e);
      throw error;
    }
  }
}
