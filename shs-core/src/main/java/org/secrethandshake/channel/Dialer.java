package org.secrethandshake.channel;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKey;
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
      return attempt(alternative, shs);
    }
    try (SecretHandshake anonymous = shs.withSeed(seed.get())) {
      return attempt(alternative, anonymous);
    } finally {
      Arrays.fill(seed.get(), (byte) 0);
    }
  }

  private Optional<SecretChannel> attempt(NetAddress alternative, SecretHandshake as)
      throws IOException {
    try {
      for (InetAddress host : InetAddress.getAllByName(alternative.host())) {
        Optional<SecretChannel> channel =
            attempt(new Target(host, alternative.port(), alternative.serverKey()), as);
        if (channel.isPresent()) {
          return channel;
        }
      }
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      failed(e);
    }
    return Optional.empty();
  }

  private Optional<SecretChannel> attempt(Target target, SecretHandshake as)
      throws ClosedByInterruptException {
    try {
      return Optional.of(as.connect(target));
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

  /**
   * One socket address and who should answer there.
   *
   * @param host the resolved host
   * @param port the TCP port
   * @param serverKey the key that the server must prove to own
   */
  record Target(InetAddress host, int port, IdentityKey serverKey) {
    void connect(SocketChannel socket, Deadline deadline, Duration timeout) throws IOException {
      try {
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.connect(new InetSocketAddress(host, port));
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (IOException | UnsupportedAddressTypeException e) {
        String why = deadline.passed() ? "no answer within " + timeout : e.toString();
        ConnectException error =
            new ConnectException(
                "Could not connect to port %d of %s: %s"
                    .formatted(port, host.getHostAddress(), why));
        error.initCause(e);
        throw error;
      }
    }
  }
}
