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
  private @Nullable Object authorization;

  HandshakeDriver(ByteChannel transport, Deadline deadline) {
    this.transport = transport;
    this.deadline = deadline;
  }

  Deadline deadline() {
    return deadline;
  }

  Session run(ClientHandshake handshake) throws IOException {
    HandshakeProgress progress = new HandshakeProgress(handshake);
    while (handshake.step() != Handshake.Step.DONE) {
      exchange(handshake, progress);
    }
    return finish(handshake, progress);
  }

  Session run(ServerHandshake handshake, Authorizer authorizer) throws IOException {
    HandshakeProgress progress = new HandshakeProgress(handshake);
    try {
      while (handshake.step() != Handshake.Step.DONE) {
        if (handshake.step() == Handshake.Step.AUTHORIZE) {
          authorize(handshake, progress, authorizer);
        } else {
          exchange(handshake, progress);
        }
      }
    } catch (HandshakeException e) {
      progress.awaitClose(e, deadline.remainingNanos());
      throw e;
    }
    return finish(handshake, progress);
  }

  /** What the authorizer answered, on the server's side. */
  @Nullable Object authorization() {
    return authorization;
  }

  private void exchange(Handshake handshake, HandshakeProgress progress) throws IOException {
    try {
      if (handshake.step() == Handshake.Step.SEND) {
        ByteBuffer message = ByteBuffer.allocate(handshake.bytesToSend());
        handshake.send(message);
        Transports.writeFully(transport, message.flip());
        progress.messageSent();
      } else {
        ByteBuffer message = ByteBuffer.allocate(handshake.bytesNeeded());
        if (Transports.read(transport, message) < 0) {
          throw progress.closedByPeer();
        }
        progress.messageCame();
        handshake.receive(message.flip());
      }
    } catch (HandshakeException e) {
      throw deadline.passed() ? progress.timeout() : e;
    } catch (IOException e) {
      throw transportFailure(progress, e);
    }
  }

  private Session finish(Handshake handshake, HandshakeProgress progress)
      throws HandshakeException {
    deadline.close();
    if (deadline.passed()) {
      throw progress.timeout();
    }
    return handshake.finish();
  }

  private void authorize(
      ServerHandshake handshake, HandshakeProgress progress, Authorizer authorizer)
      throws IOException {
    Optional<?> answer = answer(handshake, progress, authorizer);
    if (answer.isEmpty()) {
      handshake.refuse();
      throw progress.refused();
    }
    authorization = answer.get();
    handshake.accept();
  }

  private Optional<?> answer(
      ServerHandshake handshake, HandshakeProgress progress, Authorizer authorizer)
      throws IOException {
    CompletableFuture<? extends Optional<?>> answer = null;
    try {
      answer =
          authorizer
              .authorizeAsync(handshake.clientKey(), Transports.remoteAddress(transport))
              .toCompletableFuture();
      return Objects.requireNonNull(
          answer.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS), "no answer");
    } catch (TimeoutException e) {
      throw progress.timeout();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    } catch (ExecutionException e) {
      throw progress.authorizerFailed(e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException | Error e) {
      throw progress.authorizerFailed(e);
    } finally {
      if (answer != null) {
        answer.cancel(true);
      }
    }
  }

  private IOException transportFailure(HandshakeProgress progress, IOException cause) {
    if (deadline.passed()) {
      return progress.timeout();
    }
    return cause instanceof ClosedByInterruptException ? cause : progress.transportFailed(cause);
  }
}
