package org.secrethandshake.channel;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;

/**
 * How the sockets that this library opens are set: packets leave at once, and the system notices
 * when the other machine is gone, about two minutes after it last answered; with bytes on their way
 * it sends no probes and gives up after a quarter of an hour.
 */
final class SocketSettings {
  /** Seconds, seconds and a number; by name, because not every platform has these options. */
  private static final Map<String, Integer> PROBES =
      Map.of("TCP_KEEPIDLE", 60, "TCP_KEEPINTERVAL", 10, "TCP_KEEPCOUNT", 6);

  private SocketSettings() {}

  static void apply(SocketChannel socket) throws IOException {
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    for (SocketOption<?> option : socket.supportedOptions()) {
      Integer value = PROBES.get(option.name());
      if (value != null) {
        set(socket, option, value);
      }
    }
  }

  private static <T> void set(SocketChannel socket, SocketOption<T> option, Integer value)
      throws IOException {
    socket.setOption(option, option.type().cast(value));
  }
}
