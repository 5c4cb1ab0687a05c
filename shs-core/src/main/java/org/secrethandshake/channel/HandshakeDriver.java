package org.secrethandshake.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;

/**
 * Runs one handshake over a blocking transport, before a deadline that covers all of it.
 *
 * <p>Reads exactly the awaited bytes, so nothing of the box stream is taken. Closes neither the
 * handshake nor the transport: that is the caller's.
 */
final class HandshakeDriver {
  private final ByteChannel transport;
  private final Deadline deadline;
  private final RefusalTime refusalTime = new RefusalTime();
  private int messagesSent;
  private @Nullable Object authorization;

  HandshakeDriver(ByteChannel transport, Deadline deadline) {
    this.transport = transport;
    this.deadline = deadline;
  }

  Deadline deadline() {
    return deadline;
  }

  Session run(ClientHandshake handshake) throws IOException {
    while (handshake.step() != Handshake.Step.DONE) {
      exchange(handshake);
    }
    return finish(handshake);
  }

  Session run(ServerHandshake handshake, Authorizer authorizer) throws IOException {
    try {
      while (handshake.step() != Handshake.Step.DONE) {
        if (handshake.step() == Handshake.Step.AUTHORIZE) {
          authorize(handshake, authorizer);
        } else {
          exchange(handshake);
        }
      }
    } catch (HandshakeException e) {
      if (answersClientAuthenticate(e.reason())) {
        refusalTime.await(deadline.remainingNanos());
      }
      throw e;
    }
    return finish(handshake);
  }

  /** Whether a server fails for what the client's second message says, and not for its absence. */
  private boolean answersClientAuthenticate(Reason reason) {
    return messagesSent > 0
        && switch (reason) {
          case CLOSED_BY_PEER, TRANSPORT, TIMEOUT -> false;
          default -> true;
        };
  }

  /** What the authorizer answered, on the server's side. */
  @Nullable Object authorization() {
    return authorization;
  }

  private void exchange(Handshake handshake) throws IOException {
    try {
      if (handshake.step() == Handshake.Step.SEND) {
        ByteBuffer message = ByteBuffer.allocate(handshake.bytesToSend());
        handshake.send(message);
        Transports.writeFully(transport, message.flip());
        messagesSent++;
      } else {
        ByteBuffer message = ByteBuffer.allocate(handshake.bytesNeeded());
        if (Transports.read(transport, message) < 0) {
          throw closedByPeer(handshake);
        }
        refusalTime.messageCame();
        handshake.receive(message.flip());
      }
    } catch (HandshakeException e) {
      throw deadline.passed() ? timeout(handshake) : e;
    } catch (IOException e) {
      throw transportFailure(handshake, e);
    }
  }

  private Session finish(Handshake handshake) throws HandshakeException {
    deadline.close();
    if (deadline.passed()) {
      throw timeout(handshake);
    }
    return handshake.finish();
  }

  private void authorize(ServerHandshake handshake, Authorizer authorizer) throws IOException {
    Optional<?> answer = answer(handshake, authorizer);
    if (answer.isEmpty()) {
      handshake.refuse();
      throw new HandshakeException(
          Reason.REFUSED,
          "Our authorizer refused the client, which has proved its identity. The client sees a"
              + " closed connection.");
    }
    authorization = answer.get();
    handshake.accept();
  }

  private Optional<?> answer(ServerHandshake handshake, Authorizer authorizer) throws IOException {
    CompletableFuture<? extends Optional<?>> answer = null;
    try {
      answer =
          authorizer
              .authorizeAsync(handshake.clientKey(), Transports.remoteAddress(transport))
              .toCompletableFuture();
      return Objects.requireNonNull(
          answer.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS), "no answer");
    } catch (TimeoutException e) {
      throw new HandshakeException(
          Reason.TIMEOUT,
          "Our authorizer did not answer before the handshake's deadline, so the client was cut.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    } catch (ExecutionException e) {
      throw authorizerFailed(e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException | Error e) {
      throw authorizerFailed(e);
    } finally {
      if (answer != null) {
        answer.cancel(true);
      }
    }
  }

  /** The cause's own words stay with the cause: they may hold the client's key. */
  private static HandshakeException authorizerFailed(Throwable cause) {
    return new HandshakeException(
        Reason.AUTHORIZER_FAILED,
        "Our authorizer failed instead of answering, so the client was refused. The cause of this"
            + " exception says why.",
        cause);
  }

  private HandshakeException closedByPeer(Handshake handshake) {
    return new HandshakeException(
        Reason.CLOSED_BY_PEER,
        "The peer closed the connection in mid-handshake (%s). %s"
            .formatted(handshake, usualCause(handshake)));
  }

  private String usualCause(Handshake handshake) {
    if (handshake instanceof ServerHandshake) {
      return "It gave up, or it does not speak this protocol.";
    }
    return messagesSent > 1
        ? "The server has another key than the one that we dialled, or it refused us; a client"
            + " cannot tell which."
        : "The server belongs to another network, or it does not speak this protocol.";
  }

  private static HandshakeException timeout(Handshake handshake) {
    return new HandshakeException(
        Reason.TIMEOUT,
        "The handshake was not finished before its deadline (%s): the peer is slow or silent."
            .formatted(handshake));
  }

  private IOException transportFailure(Handshake handshake, IOException cause) {
    if (deadline.passed()) {
      return timeout(handshake);
    }
    if (cause instanceof ClosedByInterruptException) {
      return cause;
    }
    return new HandshakeException(
        Reason.TRANSPORT,
        "The connection failed in mid-handshake (%s): %s."
            .formatted(handshake, Transports.reason(cause)),
        cause);
  }
}
