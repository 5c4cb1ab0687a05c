package org.secrethandshake.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.secrethandshake.handshake.ServerKey;

/**
 * Says who a server must prove to be, by the address at which a library that knows only addresses
 * dials it. Implementations are thread-safe.
 */
@FunctionalInterface
public interface ServerKeys {
  /**
   * Returns the key of the server at an address.
   *
   * @param address as it was dialled; {@link InetSocketAddress#getHostString} is the name that the
   *     program used, if it used one
   * @throws IOException if no server is known there; nothing is dialled then
   */
  ServerKey at(InetSocketAddress address) throws IOException;
}
