package org.secrethandshake.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** However a channel ends, no box keeps its key. */
class WipeTest {
  /** Counts the boxes that hold a key. */
  private static final class Boxes extends DelegatingCryptoProvider {
    int open;

    Boxes(CryptoProvider delegate) {
      super(delegate);
    }

    @Override
    public SecretBox secretBox(byte[] key) {
      open++;
      SecretBox box = super.secretBox(key);
      return new SecretBox() {
        private boolean closed;

        @Override
        public void seal(byte[] nonce, byte[] packet, int offset, int length) {
          box.seal(nonce, packet, offset, length);
        }

        @Override
        public boolean open(byte[] nonce, byte[] packet, int offset, int length) {
          return box.open(nonce, packet, offset, length);
        }

        @Override
        public void close() {
          if (!closed) {
            open--;
          }
          closed = true;
          box.close();
        }
      };
    }
  }

  static Stream<Named<Consumer<Pair>>> ends() {
    return Stream.of(
        Named.of("a cut", pair -> pair.bob.cut()),
        Named.of("garbage", pair -> pair.bob.receive(End.bytes(100))),
        Named.of("a close", pair -> pair.bob.channel.close()),
        Named.of("the peer's goodbye", pair -> pair.alice.handler.shutdownOutput()),
        Named.of("its removal", pair -> pair.bob.channel.pipeline().remove(pair.bob.handler)),
        Named.of(
            "a failed transport",
            pair -> pair.bob.channel.pipeline().fireExceptionCaught(new java.io.IOException())));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void afterTheEndOfAnOpenChannel(Consumer<Pair> end) {
    Boxes boxes = new Boxes(Backends.ANY);
    try (Pair pair = Pair.of(Backends.ANY, boxes, Authorizer.anyone())) {
      pair.exchange();
      assertEquals(2, boxes.open);
      end.accept(pair);
      pair.exchange();
      assertEquals(0, boxes.open);
    }
  }

  @Test
  void afterAHandshakeThatIsRefused() {
    Boxes boxes = new Boxes(Backends.ANY);
    CompletableFuture<Optional<?>> answer = new CompletableFuture<>();
    try (Pair pair = Pair.of(Backends.ANY, boxes, Authorizer.async(client -> answer))) {
      pair.exchange();
      answer.complete(Optional.empty());
      // Before the close already, which comes a quarter of a second later.
      assertTrue(pair.bob.channel.isOpen());
      assertEquals(0, boxes.open);
    }
  }
}
