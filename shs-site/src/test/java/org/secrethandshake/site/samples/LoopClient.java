package org.secrethandshake.site.samples;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.secrethandshake.ShsException;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Session;

/** A client on an event loop: bytes go in, bytes come out, and nothing blocks. */
final class LoopClient implements AutoCloseable {
  private final ClientHandshake handshake;
  private final Consumer<ByteBuffer> reader;
  private final ByteBuffer plaintext = ByteBuffer.allocate(Unboxer.MAX_BODY_BYTES);
  private Optional<Boxer> boxer = Optional.empty();
  private Optional<Unboxer> unboxer = Optional.empty();
  private boolean ended;

  LoopClient(ClientHandshake handshake, Consumer<ByteBuffer> reader) {
    this.handshake = handshake;
    this.reader = reader;
  }

  /**
   * Takes what the network brought, which may be nothing, and puts what has to be sent.
   *
   * @param in keeps what cannot be used yet: compact it before the next read
   */
  void advance(ByteBuffer in, ByteBuffer out) throws ShsException {
    while (boxer.isEmpty()) {
      switch (handshake.step()) {
        case SEND -> handshake.send(out);
        case RECEIVE -> {
          if (!handshake.receive(in)) {
            return; // the rest of the message is on its way
          }
        }
        case DONE -> begin(handshake.finish());
        default -> throw new IllegalStateException(handshake.toString());
      }
    }
    unbox(in);
  }

  /** What comes behind the last message of the handshake belongs to the box stream already. */
  private void begin(Session session) {
    try (session) {
      boxer = Optional.of(session.boxer());
      unboxer = Optional.of(session.unboxer());
    }
  }

  private void unbox(ByteBuffer in) throws ShsException {
    while (!ended) {
      switch (unboxer.orElseThrow().unbox(in, plaintext)) {
        case BODY -> {
          reader.accept(plaintext.flip());
          plaintext.clear();
        }
        case NEED_INPUT -> {
          return;
        }
        case NEED_SPACE -> throw new AssertionError("the buffer takes the longest body");
        case GOODBYE -> ended = true;
      }
    }
  }

  boolean isConnected() {
    return boxer.isPresent();
  }

  /** Boxes as much as there is room for; the rest stays in {@code message}. */
  void write(ByteBuffer message, ByteBuffer out) {
    boxer.orElseThrow().box(message, out);
  }

  void goodbye(ByteBuffer out) {
    boxer.orElseThrow().goodbye(out);
  }

  /** The network's input has ended: an error, unless the peer has said goodbye. */
  void endOfInput() throws ShsException {
    if (unboxer.isEmpty()) {
      throw new IllegalStateException("the peer hung up in the handshake");
    }
    unboxer.get().endOfInput();
  }

  @Override
  public void close() {
    handshake.close();
    boxer.ifPresent(Boxer::close);
    unboxer.ifPresent(Unboxer::close);
  }
}
