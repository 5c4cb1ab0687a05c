package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

class BrokenBackendTest {
  private static final IllegalStateException FAULT = new IllegalStateException("a cosmic ray");

  private boolean broken;
  private boolean unwipable;

  @Test
  void isReportedAsItselfAndKillsTheChannel() throws Exception {
    Transports.Pair transports = Transports.pair();
    Future<SecretChannel> accepted =
        Peers.THREADS.submit(() -> Peers.SERVER.accept(transports.right(), Authorizer.anyone()));
    SecretHandshake fragile =
        SecretHandshake.builder()
            .crypto(breakable(Peers.CRYPTO))
            .network(NetworkKey.SCUTTLEBUTT)
            .identity(Peers.ALICE)
            .build();
    SecretChannel channel = fragile.connect(transports.left(), Peers.BOBS_KEY);
    accepted.get();
    broken = true;
    CryptoProviderException said =
        assertThrows(CryptoProviderException.class, () -> channel.write(ByteBuffer.allocate(1)));
    assertSame(FAULT, said.getCause());
    assertTrue(said.getMessage().contains("broke while sealing a packet"), said.getMessage());
    assertFalse(channel.isOpen());
    assertFalse(transports.left().isOpen());
    ClosedChannelException later =
        assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocate(1)));
    assertSame(said, later.getCause());
    channel.close();
    assertEquals(-1, transports.right().read(ByteBuffer.allocate(9)), "not even a goodbye");
  }

  @Test
  void thatCannotWipeHoldsUpNoClose() throws Exception {
    SecretHandshake fragile =
        SecretHandshake.builder()
            .crypto(breakable(Peers.CRYPTO))
            .network(NetworkKey.SCUTTLEBUTT)
            .identity(Peers.ALICE)
            .build();
    ChannelPair pair = ChannelPair.connect(fragile, Peers.SERVER, Peers.BOB.publicKey());
    unwipable = true;
    pair.client().abort();
    assertTimeoutPreemptively(Duration.ofSeconds(1), pair.client()::close);
    assertEquals("SecretChannel[closed]", pair.client().toString());
    pair.server().abort();
  }

  private CryptoProvider breakable(CryptoProvider provider) {
    return new DelegatingCryptoProvider(provider) {
      @Override
      public SecretBox secretBox(byte[] key) {
        SecretBox box = super.secretBox(key);
        return new SecretBox() {
          @Override
          public void seal(byte[] nonce, byte[] array, int offset, int length) {
            if (broken) {
              throw FAULT;
            }
            box.seal(nonce, array, offset, length);
          }

          @Override
          public boolean open(byte[] nonce, byte[] array, int offset, int length) {
            return box.open(nonce, array, offset, length);
          }

          @Override
          public void close() {
            if (unwipable) {
              throw FAULT;
            }
            box.close();
          }
        };
      }
    };
  }
}
