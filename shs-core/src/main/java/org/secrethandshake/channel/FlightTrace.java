package org.secrethandshake.channel;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;

/**
 * Records the handshake of a connection, and its channel. Neither says who the peer was, by key or
 * by address: recordings are passed around.
 */
final class FlightTrace implements Trace {
  private final HandshakeEvent handshake = new HandshakeEvent();
  private final ChannelEvent channel = new ChannelEvent();

  FlightTrace() {
    handshake.begin();
  }

  @Override
  public void handshakeEnded(@Nullable Throwable failure) {
    handshake.failure = inAWord(failure);
    handshake.commit();
    if (failure == null) {
      channel.begin();
    }
  }

  @Override
  public void channelEnded(SecretChannel ended, @Nullable Throwable failure) {
    channel.failure = inAWord(failure);
    channel.bytesRead = ended.bytesRead();
    channel.bytesWritten = ended.bytesWritten();
    channel.commit();
  }

  /** Messages of others may name the peer, so a failure without a reason is only its class. */
  private static @Nullable String inAWord(@Nullable Throwable failure) {
    if (failure instanceof HandshakeException handshake) {
      return handshake.reason().name();
    }
    if (failure instanceof BoxStreamException stream) {
      return stream.reason().name();
    }
    return failure == null ? null : failure.getClass().getName();
  }

  @Name("org.secrethandshake.Handshake")
  @Label("Handshake")
  @Category("Secret Handshake")
  @Description("A server's handshake, from the accepted connection to its channel or failure")
  @StackTrace(false)
  static final class HandshakeEvent extends Event {
    @Label("Failure")
    @Description("The reason, or the class of another failure; none if the client was let in")
    @Nullable String failure;
  }

  @Name("org.secrethandshake.Channel")
  @Label("Channel")
  @Category("Secret Handshake")
  @Description("A server's channel, from the end of its handshake until it was closed")
  @StackTrace(false)
  static final class ChannelEvent extends Event {
    @Label("Failure")
    @Description("The reason, or the class of what the handler threw; none if it returned")
    @Nullable String failure;

    @Label("Bytes Read")
    @DataAmount
    long bytesRead;

    @Label("Bytes Written")
    @DataAmount
    long bytesWritten;
  }
}
