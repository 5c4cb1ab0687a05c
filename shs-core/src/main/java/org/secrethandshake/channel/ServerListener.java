package org.secrethandshake.channel;

import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Learns what becomes of a server's connections, for logs and counters.
 *
 * <p>Every connection that a server takes leads to exactly one call of {@link #handshakeFailed} or
 * {@link #channelOpened}, and the latter to exactly one of {@link #channelClosed}, all on the
 * thread that serves the connection; a stop cuts them short, and waits for them as it waits for
 * handlers. So a listener needs no memory of the connections that it was told of. Nothing is called
 * per packet.
 *
 * <p>Thread-safe implementations only: connections are served at the same time. What a listener
 * throws harms nobody but itself: it is logged the first time, and dropped from then on. One that
 * blocks holds up the connection that it is told of, and in {@link #acceptFailed} the server.
 *
 * <p>{@link ServerCounters} is one that counts.
 */
@FunctionalInterface
public interface ServerListener {
  /**
   * A handshake failed, its client was refused, or it was dropped to make room. Strangers can cause
   * any number of these.
   *
   * @param reason a {@link org.secrethandshake.HandshakeException} that says why; an {@link
   *     java.nio.channels.AsynchronousCloseException} if the server stopped meanwhile; anything
   *     else is our side's failure
   * @param client the socket address of the other end, if the system still knew it
   */
  void handshakeFailed(Throwable reason, @Nullable SocketAddress client);

  /**
   * A client was let in, and the handler comes next.
   *
   * @param channel open; it is the handler's to use and to close
   * @param handshake how long it took since the connection was accepted
   */
  default void channelOpened(SecretChannel channel, Duration handshake) {}

  /**
   * A channel is closed, and its handler has ended.
   *
   * @param channel closed; its {@link SecretChannel#bytesRead} and {@link
   *     SecretChannel#bytesWritten} are final, unless the handler has left threads behind that use
   *     it
   * @param open how long it was open
   * @param failure what the handler threw, or {@code null} if it returned
   */
  default void channelClosed(SecretChannel channel, Duration open, @Nullable Throwable failure) {}

  /**
   * A connection could not be taken: there was no descriptor or memory for it, or the executor
   * refused it. Told on the thread that accepts, for each attempt, at most some ten times a second
   * if they all fail.
   *
   * @param cause an {@link java.io.IOException} of the system, what the executor threw, or an error
   */
  default void acceptFailed(Throwable cause) {}
}
