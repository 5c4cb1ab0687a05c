package org.secrethandshake.cli;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.identity.MultiserverAddress;

/**
 * Where to listen.
 *
 * @param host as the user gave it
 * @param socket the socket address, resolved
 */
record ListenAddress(String host, InetSocketAddress socket) {
  private static final int MAX_PORT = 65535;
  private static final String IPV4_LOOPBACK = "127.0.0.1";
  private static final String IPV6_LOOPBACK = "::1";
  private static final int IPV6_BYTES = 16;

  static ListenAddress of(String host, int port) throws Failure {
    if (port < 0 || port > MAX_PORT) {
      throw Failure.usage(
          "The port must be 1 to %d, or 0 for any free one, but is %d.".formatted(MAX_PORT, port));
    }
    if (host.isEmpty()) {
      throw Failure.usage("The address to listen on is empty.");
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      return new ListenAddress(host, new InetSocketAddress(address, port));
    } catch (UnknownHostException e) {
      throw new Failure(
          ExitCodes.NO_CONNECTION, "The host to listen on, %s, is not known.".formatted(host), e);
    }
  }

  boolean isEveryInterface() {
    return socket.getAddress().isAnyLocalAddress();
  }

  /**
   * The address under which the server can be dialled. Nobody can dial 0.0.0.0 or ::, so those turn
   * into this machine's own.
   */
  MultiserverAddress dialled(int boundPort, IdentityKey serverKey) {
    return MultiserverAddress.of(isEveryInterface() ? loopback() : host, boundPort, serverKey);
  }

  /** A socket at :: takes IPv4 too, which helps where this machine has no IPv6 of its own. */
  private String loopback() {
    boolean ipv6 = socket.getAddress() instanceof Inet6Address && hasIpv6Loopback();
    return ipv6 ? IPV6_LOOPBACK : IPV4_LOOPBACK;
  }

  private static boolean hasIpv6Loopback() {
    byte[] one = new byte[IPV6_BYTES];
    one[IPV6_BYTES - 1] = 1;
    try {
      return NetworkInterface.getByInetAddress(InetAddress.getByAddress(one)) != null;
    } catch (SocketException | UnknownHostException e) {
      return false;
    }
  }
}
