package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTransferTest {
  private static final int MIB = 1 << 20;

  @Test
  void moves64MiBEachWayAtTheSameTime() throws Exception {
    try (ChannelPair pair = Peers.overTcp()) {
      Future<byte[]> toServer = transfer(pair.client(), pair.server(), 64, 1);
      Future<byte[]> toClient = transfer(pair.server(), pair.client(), 64, 2);
      assertArrayEquals(digest(64, 1), toServer.get());
      assertArrayEquals(digest(64, 2), toClient.get());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4095, 4096, 4097, 66_079, 66_080, 66_081, 200_000})
  void keepsEveryByteOfAWrite(int length) throws Exception {
    byte[] plaintext = Peers.pattern(length);
    try (ChannelPair pair = Peers.inMemory()) {
      Future<Integer> written =
          Peers.THREADS.submit(
              () -> {
                int count = pair.client().write(ByteBuffer.wrap(plaintext));
                pair.client().shutdownOutput();
                return count;
              });
      assertArrayEquals(plaintext, pair.server().inputStream().readAllBytes());
      assertEquals(length, written.get());
    }
  }

  @Test
  void sendsNothingForNothing() throws Exception {
    Peers.RawServer peer = Peers.RawServer.over(Transports.pair());
    assertEquals(0, peer.client().write(ByteBuffer.allocate(0)));
    peer.client().write(ByteBuffer.wrap(new byte[] {1}));
    ByteBuffer wire = ByteBuffer.allocate(100);
    assertEquals(35, peer.transport().read(wire), "one packet of one byte");
  }

  @Test
  void sendsHeaderAndBodyInOneTransportWrite() throws Exception {
    Transports.Pair transports = Transports.pair();
    int[] writes = {0};
    ByteChannel counting = new CountingWrites(transports.left(), writes);
    Future<SecretChannel> accepted =
        Peers.THREADS.submit(() -> Peers.SERVER.accept(transports.right(), Authorizer.anyone()));
    try (SecretChannel client = Peers.CLIENT.connect(counting, Peers.BOBS_KEY);
        SecretChannel server = accepted.get()) {
      writes[0] = 0;
      client.write(ByteBuffer.allocate(4096));
      assertEquals(1, writes[0]);
      client.write(ByteBuffer.allocate(8 * 4096));
      assertEquals(2, writes[0], "a large write is batched");
      server.close();
    }
  }

  @Test
  void readsThroughBuffersOfAnySize() throws Exception {
    byte[] plaintext = Peers.pattern(10_000);
    try (ChannelPair pair = Peers.inMemory()) {
      pair.client().write(ByteBuffer.wrap(plaintext));
      pair.client().shutdownOutput();
      ByteBuffer all = ByteBuffer.allocateDirect(plaintext.length);
      for (int size = 1; all.hasRemaining(); size += 7) {
        ByteBuffer part = all.slice(all.position(), Math.min(size, all.remaining()));
        all.position(all.position() + pair.server().read(part));
      }
      byte[] received = new byte[plaintext.length];
      all.flip().get(received);
      assertArrayEquals(plaintext, received);
      assertEquals(-1, pair.server().inputStream().read());
    }
  }

  @Test
  void worksOverPlainSocketsInBothDirectionsAtOnce() throws Exception {
    try (ServerSocket listener = new ServerSocket()) {
      listener.bind(Peers.anyPort());
      Future<SecretChannel> accepted =
          Peers.THREADS.submit(
              () -> Peers.SERVER.accept(Transports.of(listener.accept()), Authorizer.anyone()));
      Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
      try (SecretChannel client = Peers.CLIENT.connect(Transports.of(socket), Peers.BOBS_KEY);
          SecretChannel server = accepted.get()) {
        Future<byte[]> toServer = transfer(client, server, 4, 3);
        Future<byte[]> toClient = transfer(server, client, 4, 4);
        assertArrayEquals(digest(4, 3), toServer.get());
        assertArrayEquals(digest(4, 4), toClient.get());
      }
    }
  }

  /** Sends and ends on one thread, receives on another; the digest of what arrived. */
  private static Future<byte[]> transfer(
      SecretChannel from, SecretChannel to, int mebibytes, int salt) {
    Peers.THREADS.submit(
        () -> {
          ByteBuffer block = ByteBuffer.wrap(block(salt));
          for (int i = 0; i < mebibytes; i++) {
            from.write(block.clear());
          }
          from.shutdownOutput();
          return null;
        });
    return Peers.THREADS.submit(
        () -> {
          MessageDigest digest = MessageDigest.getInstance("SHA-256");
          new DigestInputStream(to.inputStream(), digest)
              .transferTo(OutputStream.nullOutputStream());
          return digest.digest();
        });
  }

  private static byte[] digest(int mebibytes, int salt) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < mebibytes; i++) {
      digest.update(block(salt));
    }
    return digest.digest();
  }

  private static byte[] block(int salt) {
    byte[] block = Peers.pattern(MIB);
    block[0] = (byte) salt;
    return block;
  }
}
