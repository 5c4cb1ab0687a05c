package org.secrethandshake.channel;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All listeners of a server, as one that never throws. */
final class Listeners implements ServerListener {
  private static final System.Logger LOG = System.getLogger(SecretServer.class.getName());

  private final List<Guarded> all;

  Listeners(List<ServerListener> all) {
    this.all = all.stream().map(Guarded::new).toList();
  }

  @Override
  public void handshakeFailed(Throwable reason, @Nullable SocketAddress client) {
    tell(listener -> listener.handshakeFailed(reason, client));
  }

  @Override
  public void channelOpened(SecretChannel channel, Duration handshake) {
    tell(listener -> listener.channelOpened(channel, handshake));
  }

  @Override
  public void channelClosed(SecretChannel channel, Duration open, @Nullable Throwable failure) {
    tell(listener -> listener.channelClosed(channel, open, failure));
  }

  @Override
  public void acceptFailed(Throwable cause) {
    tell(listener -> listener.acceptFailed(cause));
  }

  private void tell(Consumer<ServerListener> call) {
    for (Guarded listener : all) {
      listener.tell(call);
    }
  }

  /** One listener. Strangers cause calls, so only its first failure is worth a line of the log. */
  private static final class Guarded {
    private final ServerListener listener;
    private final AtomicBoolean failed = new AtomicBoolean();

    Guarded(ServerListener listener) {
      this.listener = listener;
    }

    void tell(Consumer<ServerListener> call) {
      try {
        call.accept(listener);
      } catch (Throwable e) {
        if (failed.compareAndSet(false, true)) {
          Connection.log(
              System.Logger.Level.WARNING,
              "a server's listener failed; that is told once for each",
              e);
        }
      }
    }
  }

  /** Logs failed handshakes, as the ordinary traffic that they are. */
  static void logFailure(Throwable reason, @Nullable SocketAddress client) {
    LOG.log(System.Logger.Level.DEBUG, () -> "no channel for " + client + ": " + reason);
  }
}
