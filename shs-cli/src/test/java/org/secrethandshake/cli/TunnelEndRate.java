package org.secrethandshake.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Compares an end of a tunnel, and the program beside it, with the same end of a channel, as if its
 * peer were on another machine: the peer is a stand-in that shakes hands and then only moves bytes.
 * It drops what a sender sends, or sends what it has boxed before. Takes turns over loopback.
 *
 * <p>Arguments: BACKEND MEBIBYTES ROUNDS; at most 1024 MiB, which are kept in memory.
 */
final class TunnelEndRate {
  private static final int MEBIBYTE = 1 << 20;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final CryptoProvider crypto;
  private final IdentityKeyPair own;
  private final SecretHandshake shs;
  private final long bytes;
  private final ByteBuffer boxed;

  private TunnelEndRate(CryptoProvider crypto, long bytes) {
    this.crypto = crypto;
    this.own = IdentityKeyPair.generate(crypto);
    this.shs =
        SecretHandshake.builder()
            .crypto(crypto)
            .network(NetworkKey.SCUTTLEBUTT)
            .identity(own)
            .build();
    this.bytes = bytes;
    long packets = bytes / Boxer.MAX_BODY_BYTES;
    this.boxed =
        ByteBuffer.allocateDirect(
            Math.toIntExact(
                packets * Boxer.packetBytes(Boxer.MAX_BODY_BYTES) + Boxer.GOODBYE_BYTES));
  }

  /** One way to move the bytes; returns the seconds that it took. */
  private interface Way {
    double run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    CryptoProvider crypto = CryptoProviders.named(arguments[0]);
    TunnelEndRate rate = new TunnelEndRate(crypto, Long.parseLong(arguments[1]) * MEBIBYTE);
    rate.run(Integer.parseInt(arguments[2]));
    System.exit(0);
  }

  private void run(int rounds) throws Exception {
    try (ServerSocketChannel peer = ServerSocketChannel.open().bind(anyPort());
        ServerSocket target = new ServerSocket(0, 1, HERE);
        ServerSocketChannel listener = ServerSocketChannel.open().bind(anyPort())) {
      String peersAddress =
          MultiserverAddress.of("127.0.0.1", port(peer), own.publicKey()).toString();
      TestShell sending = new TestShell();
      sending.start(
          ("tunnel --crypto " + crypto.name() + " --listen 127.0.0.1:0 --to " + peersAddress)
              .split(" "));
      int sendingPort = Integer.parseInt(sending.listeningAddress().split(":")[1]);
      TestShell receiving = new TestShell();
      receiving.start(
          ("tunnel --crypto "
                  + crypto.name()
                  + " --allow-anyone --listen-secret 0 --forward 127.0.0.1:"
                  + target.getLocalPort())
              .split(" "));
      MultiserverAddress receiver = MultiserverAddress.parse(receiving.listeningAddress());
      compare("sending", rounds, () -> sendByChannel(peer), () -> sendByTunnel(peer, sendingPort));
      compare(
          "receiving",
          rounds,
          () -> receiveByChannel(listener),
          () -> receiveByTunnel(receiver, target));
    }
  }

  private static void compare(String end, int rounds, Way channel, Way tunnel) throws Exception {
    channel.run();
    tunnel.run();
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      double one = channel.run();
      double other = tunnel.run();
      ratios[round] = one / other;
      System.out.printf(
          "%s: channel %.2f s, tunnel %.2f s, ratio %.2f%n", end, one, other, ratios[round]);
    }
    Arrays.sort(ratios);
    System.out.printf("%s: median ratio %.2f%n", end, ratios[rounds / 2]);
  }

  private double sendByChannel(ServerSocketChannel peer) throws Exception {
    FutureTask<Long> end = start(() -> drop(peer));
    InetSocketAddress address = (InetSocketAddress) peer.getLocalAddress();
    try (SecretChannel channel =
        shs.connect(SocketChannel.open(address), shs.serverKey(own.publicKey()))) {
      long begin = System.nanoTime();
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      for (long sent = 0; sent < bytes; sent += BUFFER_BYTES) {
        channel.write(buffer.clear());
      }
      channel.shutdownOutput();
      requireEnd(channel.inputStream());
      return seconds(begin, end.get());
    }
  }

  private double sendByTunnel(ServerSocketChannel peer, int port) throws Exception {
    FutureTask<Long> end = start(() -> drop(peer));
    try (Socket program = new Socket(HERE, port)) {
      // The peer's goodbye, which comes at once: the tunnel has its channel now.
      requireEnd(program.getInputStream());
      long begin = System.nanoTime();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (long sent = 0; sent < bytes; sent += BUFFER_BYTES) {
        program.getOutputStream().write(buffer);
      }
      program.shutdownOutput();
      return seconds(begin, end.get());
    }
  }

  /** The stand-in of a sender's peer; returns when it has got all. */
  private long drop(ServerSocketChannel peer) throws IOException {
    try (SocketChannel socket = peer.accept();
        Session session = handshake(shs.server(), socket);
        Boxer boxer = session.boxer()) {
      ByteBuffer goodbye = ByteBuffer.allocate(Boxer.GOODBYE_BYTES);
      boxer.goodbye(goodbye);
      write(socket, goodbye.flip());
      ByteBuffer dropped = ByteBuffer.allocateDirect(BUFFER_BYTES);
      long received = 0;
      for (int count = 0; count >= 0; count = socket.read(dropped.clear())) {
        received += count;
      }
      long end = System.nanoTime();
      if (received < boxed.capacity()) {
        throw new EOFException("only %d bytes came".formatted(received));
      }
      return end;
    }
  }

  private double receiveByChannel(ServerSocketChannel listener) throws Exception {
    FutureTask<Long> end =
        start(
            () -> {
              try (SecretChannel channel = shs.accept(listener.accept(), Authorizer.anyone())) {
                channel.shutdownOutput();
                return drain(channel.inputStream());
              }
            });
    return send((InetSocketAddress) listener.getLocalAddress(), own, end);
  }

  private double receiveByTunnel(MultiserverAddress tunnel, ServerSocket target) throws Exception {
    FutureTask<Long> end =
        start(
            () -> {
              try (Socket program = target.accept()) {
                program.shutdownOutput();
                return drain(program.getInputStream());
              }
            });
    return send(tunnel, end);
  }

  /** The stand-in of a receiver's peer: boxes first, and counts the time from then on. */
  private double send(MultiserverAddress address, FutureTask<Long> end) throws Exception {
    var way = address.alternatives().get(0);
    try (SocketChannel socket = SocketChannel.open(new InetSocketAddress(way.host(), way.port()));
        Session session = handshake(shs.client(shs.serverKey(way.serverKey())), socket);
        Boxer boxer = session.boxer()) {
      boxed.clear();
      ByteBuffer plain = ByteBuffer.allocate(BUFFER_BYTES);
      for (long done = 0; done < bytes; done += BUFFER_BYTES) {
        boxer.box(plain.clear(), boxed);
      }
      boxer.goodbye(boxed);
      long begin = System.nanoTime();
      write(socket, boxed.flip());
      return seconds(begin, end.get());
    }
  }

  private double send(InetSocketAddress address, IdentityKeyPair server, FutureTask<Long> end)
      throws Exception {
    return send(MultiserverAddress.of("127.0.0.1", address.getPort(), server.publicKey()), end);
  }

  private static Session handshake(Handshake handshake, SocketChannel socket) throws IOException {
    try (handshake) {
      while (handshake.step() != Handshake.Step.DONE) {
        switch (handshake.step()) {
          case SEND -> {
            ByteBuffer message = ByteBuffer.allocate(handshake.bytesToSend());
            handshake.send(message);
            write(socket, message.flip());
          }
          case RECEIVE -> {
            ByteBuffer message = ByteBuffer.allocate(handshake.bytesNeeded());
            if (socket.read(message) < 0) {
              throw new EOFException("in mid-handshake");
            }
            handshake.receive(message.flip());
          }
          default -> ((ServerHandshake) handshake).accept();
        }
      }
      return handshake.finish();
    }
  }

  private static void write(SocketChannel socket, ByteBuffer src) throws IOException {
    while (src.hasRemaining()) {
      socket.write(src);
    }
  }

  private static void requireEnd(InputStream in) throws IOException {
    if (in.read() >= 0) {
      throw new IOException("a byte came, and not the end");
    }
  }

  /** Reads to the end; returns when that was. */
  private long drain(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long received = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      received += count;
    }
    long end = System.nanoTime();
    if (received != bytes) {
      throw new EOFException("%d of %d bytes came".formatted(received, bytes));
    }
    return end;
  }

  private static double seconds(long begin, long end) {
    return (end - begin) / 1e9;
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(HERE, 0);
  }

  private static int port(ServerSocketChannel listener) throws IOException {
    return ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }

  private static <T> FutureTask<T> start(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread = new Thread(future, "tunnel-end-rate");
    thread.setDaemon(true);
    thread.start();
    return future;
  }
}
