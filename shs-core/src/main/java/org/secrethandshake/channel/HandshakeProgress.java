package org.secrethandshake.channel;

import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;

/**
 * How far a handshake has come over its transport: what it means if it ends there, and how long a
 * server waits before it shows that. For those who drive a {@link Handshake} over a transport of
 * their own; {@link SecretHandshake#connect} and {@link SecretHandshake#accept} do all of this.
 *
 * <p>A driver tells what it has sent and received, asks for the exception of whatever ends the
 * handshake while the handshake is still in the step where that happened, and closes the transport
 * {@link #nanosBeforeClose} later. Not thread-safe.
 */
public final class HandshakeProgress {
  private final Handshake handshake;
  private final RefusalTime refusalTime = new RefusalTime();
  private int messagesSent;

  /** Follows a handshake from its beginning. */
  public HandshakeProgress(Handshake handshake) {
    this.handshake = handshake;
  }

  /** A message of ours has left. */
  public void messageSent() {
    messagesSent++;
  }

  /** A message, or a part of it, has come. Call it before the handshake looks at the bytes. */
  public void messageCame() {
    refusalTime.messageCame();
  }

  /**
   * Returns how long from now a driver waits before it closes the transport, and before it tells
   * anybody who might; the handshake's deadline may cut that short. It is 0 unless a server answers
   * a clientAuthenticate that it does not accept: then a whole number of quarter seconds lie
   * between that message and the close, so that the time does not tell whether the client knew our
   * key.
   */
  public long nanosBeforeClose(HandshakeException failure) {
    return answersClientAuthenticate(failure.reason()) ? refusalTime.restNanos() : 0;
  }

  /** Waits for so long, but not longer than told, nor once interrupted. */
  void awaitClose(HandshakeException failure, long mostNanos) {
    if (answersClientAuthenticate(failure.reason())) {
      refusalTime.await(mostNanos);
    }
  }

  /** Whether a server fails for what the client's second message says, and not for its absence. */
  private boolean answersClientAuthenticate(Reason reason) {
    return handshake instanceof ServerHandshake
        && messagesSent > 0
        && switch (reason) {
          case CLOSED_BY_PEER, TRANSPORT, TIMEOUT -> false;
          default -> true;
        };
  }

  /** The transport's input has ended: {@code CLOSED_BY_PEER}. */
  public HandshakeException closedByPeer() {
    return new HandshakeException(
        Reason.CLOSED_BY_PEER,
        "The peer closed the connection in mid-handshake (%s). %s"
            .formatted(handshake, usualCause()));
  }

  private String usualCause() {
    if (handshake instanceof ServerHandshake) {
      return "It gave up, or it does not speak this protocol.";
    }
    return messagesSent > 1
        ? "The server has another key than the one that we dialled, or it refused us; a client"
            + " cannot tell which."
        : "The server belongs to another network, or it does not speak this protocol.";
  }

  /** The deadline has passed: {@code TIMEOUT}. */
  public HandshakeException timeout() {
    return new HandshakeException(
        Reason.TIMEOUT,
        handshake.step() == Handshake.Step.AUTHORIZE
            ? "Our authorizer did not answer before the handshake's deadline, so the client was cut."
            : "The handshake was not finished before its deadline (%s): the peer is slow or silent."
                .formatted(handshake));
  }

  /** The transport has failed: {@code TRANSPORT}. */
  public HandshakeException transportFailed(Throwable cause) {
    return new HandshakeException(
        Reason.TRANSPORT,
        "The connection failed in mid-handshake (%s): %s."
            .formatted(handshake, Transports.reason(cause)),
        cause);
  }

  /** Our authorizer has answered with empty: {@code REFUSED}. */
  public HandshakeException refused() {
    return new HandshakeException(
        Reason.REFUSED,
        "Our authorizer refused the client, which has proved its identity. The client sees a"
            + " closed connection.");
  }

  /**
   * Our authorizer has failed: {@code AUTHORIZER_FAILED}. The cause's own words stay with the
   * cause: they may hold the client's key.
   */
  public HandshakeException authorizerFailed(Throwable cause) {
    return new HandshakeException(
        Reason.AUTHORIZER_FAILED,
        "Our authorizer failed instead of answering, so the client was refused. The cause of this"
            + " exception says why.",
        cause);
  }
}
