package org.secrethandshake.netty;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.spi.CryptoProvider;

/** Both ends of one connection. */
final class Pair implements AutoCloseable {
  final End alice;
  final End bob;

  Pair(End alice, End bob) {
    this.alice = alice;
    this.bob = bob;
  }

  static Pair of(CryptoProvider crypto) {
    return of(crypto, crypto, Authorizer.anyone());
  }

  static Pair of(CryptoProvider clients, CryptoProvider servers, Authorizer authorizer) {
    return new Pair(client(clients), server(servers, authorizer));
  }

  /** A pair whose handshake is done. */
  static Pair open() {
    Pair pair = of(Backends.ANY);
    pair.exchange();
    return pair;
  }

  static End client(CryptoProvider crypto) {
    try (SecretHandshake shs = Scene.alice(crypto)) {
      return new End(SecretHandshakeHandler.client(shs, shs.serverKey(Scene.bobKey())));
    }
  }

  static End server(CryptoProvider crypto, Authorizer authorizer) {
    return new End(serverHandler(crypto, authorizer));
  }

  static SecretHandshakeHandler serverHandler(CryptoProvider crypto, Authorizer authorizer) {
    try (SecretHandshake shs = Scene.bob(crypto)) {
      return SecretHandshakeHandler.server(shs, authorizer);
    }
  }

  /** Moves what was sent, in pieces of the given lengths over and over, until nobody sends. */
  void exchange(int... pieces) {
    while (move(alice, bob, pieces) | move(bob, alice, pieces)) {}
  }

  private static boolean move(End from, End to, int... pieces) {
    ByteBuf sent = from.sent();
    boolean moved = sent.isReadable();
    for (int i = 0; sent.isReadable(); i++) {
      int piece = pieces.length == 0 ? sent.readableBytes() : pieces[i % pieces.length];
      to.receive(sent.readBytes(Math.min(piece, sent.readableBytes())));
    }
    sent.release();
    if (!from.channel.isOpen() && to.channel.isOpen()) {
      to.cut();
      return true;
    }
    return moved;
  }

  /** Whether the first bytes that one end has read are those that {@link End#bytes} makes. */
  static boolean arrived(End at, int length) {
    ByteBuf expected = End.bytes(length);
    return Arrays.equals(expected.array(), at.seen.bytes.toByteArray());
  }

  @Override
  public void close() {
    alice.close();
    bob.close();
  }
}
