package org.secrethandshake.channel;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;

/**
 * Counts what becomes of a server's connections, for whatever system watches it.
 *
 * <p>Every count only grows, but for {@link #openChannels}. Thread-safe, and may be read at any
 * time; counts that are read one after the other need not agree while connections come and go. One
 * object may count for several servers.
 *
 * <pre>{@code
 * ServerCounters counters = new ServerCounters();
 * SecretServer.builder(shs).listener(counters)...
 * counters.handshakesFailed(HandshakeException.Reason.BAD_CLIENT_AUTH); // wrong numbers
 * }</pre>
 */
public final class ServerCounters implements ServerListener {
  private final Map<HandshakeException.Reason, LongAdder> handshakesFailed =
      adders(HandshakeException.Reason.class);
  private final Map<BoxStreamException.Reason, LongAdder> channelsCut =
      adders(BoxStreamException.Reason.class);
  private final LongAdder handshakesBroken = new LongAdder();
  private final LongAdder handlersFailed = new LongAdder();
  private final LongAdder opened = new LongAdder();
  private final LongAdder closed = new LongAdder();
  private final LongAdder acceptFailures = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder bytesWritten = new LongAdder();

  /** Creates counters that stand at zero. */
  public ServerCounters() {}

  private static <R extends Enum<R>> Map<R, LongAdder> adders(Class<R> reasons) {
    Map<R, LongAdder> adders = new EnumMap<>(reasons);
    for (R reason : reasons.getEnumConstants()) {
      adders.put(reason, new LongAdder());
    }
    return adders;
  }

  /** Returns how many clients were let in. */
  public long channelsOpened() {
    return opened.sum();
  }

  /** Returns how many channels are open now. */
  public long openChannels() {
    // In this order, because one that opens and closes in between must not count as minus one.
    long ended = closed.sum();
    return opened.sum() - ended;
  }

  /**
   * Returns how many handshakes failed for a reason. {@code BAD_CLIENT_AUTH} counts wrong numbers,
   * which are ordinary traffic, and {@code NO_ROOM} those dropped to make room.
   */
  public long handshakesFailed(HandshakeException.Reason reason) {
    return count(handshakesFailed, reason);
  }

  /** Returns how many handshakes our own side broke: its backend failed, or the server stopped. */
  public long handshakesBroken() {
    return handshakesBroken.sum();
  }

  /** Returns how many handlers ended with the failure of their channel, for a reason. */
  public long channelsCut(BoxStreamException.Reason reason) {
    return count(channelsCut, reason);
  }

  /** Returns how many handlers failed otherwise, those that a stopping server cut included. */
  public long handlersFailed() {
    return handlersFailed.sum();
  }

  /** Returns how often a connection could not be taken, see {@link #acceptFailed}. */
  public long acceptFailures() {
    return acceptFailures.sum();
  }

  /** Returns the plaintext that channels have read, each counted when it was closed. */
  public long bytesRead() {
    return bytesRead.sum();
  }

  /** Returns the plaintext that channels have written, each counted when it was closed. */
  public long bytesWritten() {
    return bytesWritten.sum();
  }

  @Override
  public void handshakeFailed(Throwable reason, @Nullable SocketAddress client) {
    if (reason instanceof HandshakeException failure) {
      increment(handshakesFailed, failure.reason());
    } else {
      handshakesBroken.increment();
    }
  }

  @Override
  public void channelOpened(SecretChannel channel, Duration handshake) {
    opened.increment();
  }

  @Override
  public void channelClosed(SecretChannel channel, Duration open, @Nullable Throwable failure) {
    if (failure instanceof BoxStreamException cut) {
      increment(channelsCut, cut.reason());
    } else if (failure != null) {
      handlersFailed.increment();
    }
    bytesRead.add(channel.bytesRead());
    bytesWritten.add(channel.bytesWritten());
    closed.increment();
  }

  @Override
  public void acceptFailed(Throwable cause) {
    acceptFailures.increment();
  }

  private static <R> void increment(Map<R, LongAdder> adders, R reason) {
    LongAdder adder = adders.get(reason);
    if (adder != null) {
      adder.increment();
    }
  }

  private static <R> long count(Map<R, LongAdder> adders, R reason) {
    LongAdder adder = adders.get(reason);
    return adder == null ? 0 : adder.sum();
  }
}
