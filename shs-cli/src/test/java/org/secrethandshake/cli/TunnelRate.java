package org.secrethandshake.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Copies bytes over the loopback interface, taking turns: through a channel, and through both ends
 * of a tunnel. Then once through the tunnel with checksums, there and back.
 *
 * <p>The programs on both sides, of the channel too, do no more than calls to the system need: they
 * use direct buffers.
 *
 * <p>Arguments: BACKEND MEBIBYTES ROUNDS [ADDRESS]. What is secret goes to this address, an address
 * of the loopback interface, so that the system can be told to carry it at the rate of a link.
 */
final class TunnelRate {
  private static final int MEBIBYTE = 1 << 20;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

  private final SecretHandshake shs;
  private final IdentityKeyPair own;
  private final long bytes;
  private final String link;

  private TunnelRate(CryptoProvider crypto, long bytes, String link) {
    this.own = IdentityKeyPair.generate(crypto);
    this.shs =
        SecretHandshake.builder()
            .crypto(crypto)
            .network(NetworkKey.SCUTTLEBUTT)
            .identity(own)
            .build();
    this.bytes = bytes;
    this.link = link;
  }

  public static void main(String[] arguments) throws Exception {
    CryptoProvider crypto = CryptoProviders.named(arguments[0]);
    long bytes = Long.parseLong(arguments[1]) * MEBIBYTE;
    TunnelRate rate = new TunnelRate(crypto, bytes, arguments.length > 3 ? arguments[3] : LOOPBACK);
    rate.run(crypto.name(), Integer.parseInt(arguments[2]));
    System.exit(0);
  }

  private void run(String crypto, int rounds) throws Exception {
    try (ServerSocketChannel target = ServerSocketChannel.open().bind(ANY_PORT)) {
      TestShell far = new TestShell();
      int targetPort = ((InetSocketAddress) target.getLocalAddress()).getPort();
      far.start(
          ("tunnel --crypto %s --allow-anyone --listen-secret %s:0 --forward 127.0.0.1:%d"
                  .formatted(crypto, link, targetPort))
              .split(" "));
      TestShell near = new TestShell();
      near.start(
          ("tunnel --crypto " + crypto + " --listen 127.0.0.1:0 --to " + far.listeningAddress())
              .split(" "));
      int port = Integer.parseInt(near.listeningAddress().split(":")[1]);
      compare(target, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), rounds);
    }
  }

  private void compare(ServerSocketChannel target, InetSocketAddress tunnel, int rounds)
      throws Exception {
    double[] ratios = new double[rounds];
    long channelCpu = 0;
    long tunnelCpu = 0;
    channel();
    tunnel(target, tunnel);
    for (int round = 0; round < rounds; round++) {
      long before = PROCESS.getProcessCpuTime();
      double channel = channel();
      long between = PROCESS.getProcessCpuTime();
      double tunnelled = tunnel(target, tunnel);
      tunnelCpu += PROCESS.getProcessCpuTime() - between;
      channelCpu += between - before;
      ratios[round] = channel / tunnelled;
      System.out.printf(
          "channel %.2f s, tunnel %.2f s, ratio %.2f%n", channel, tunnelled, ratios[round]);
    }
    Arrays.sort(ratios);
    System.out.printf(
        "median ratio %.2f, by processor time %.2f (%.2f s and %.2f s a round)%n",
        ratios[rounds / 2],
        (double) channelCpu / tunnelCpu,
        channelCpu / 1e9 / rounds,
        tunnelCpu / 1e9 / rounds);
    copy(target, tunnel);
  }

  private double channel() throws Exception {
    try (ServerSocketChannel listener =
        ServerSocketChannel.open().bind(new InetSocketAddress(link, 0))) {
      FutureTask<Long> received =
          start(
              () -> {
                try (SecretChannel server = shs.accept(listener.accept(), Authorizer.anyone())) {
                  return drain(server);
                }
              });
      try (SecretChannel client =
          shs.connect(
              SocketChannel.open(listener.getLocalAddress()), shs.serverKey(own.publicKey()))) {
        long begin = System.nanoTime();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        for (long sent = 0; sent < bytes; sent += BUFFER_BYTES) {
          client.write(buffer.clear());
        }
        client.shutdownOutput();
        requireAll(received.get());
        return seconds(begin);
      }
    }
  }

  private double tunnel(ServerSocketChannel target, InetSocketAddress tunnel) throws Exception {
    try (SocketChannel client = SocketChannel.open(tunnel);
        SocketChannel server = target.accept()) {
      FutureTask<Long> received = start(() -> drain(server));
      long begin = System.nanoTime();
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
      for (long sent = 0; sent < bytes; sent += BUFFER_BYTES) {
        write(client, buffer.clear());
      }
      client.shutdownOutput();
      requireAll(received.get());
      return seconds(begin);
    }
  }

  private void copy(ServerSocketChannel target, InetSocketAddress tunnel) throws Exception {
    try (SocketChannel client = SocketChannel.open(tunnel);
        SocketChannel server = target.accept()) {
      copy("there", client, server);
      copy("back", server, client);
    }
  }

  private void copy(String direction, SocketChannel from, SocketChannel to) throws Exception {
    FutureTask<String> received = start(() -> digest(Channels.newInputStream(to)));
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Random random = new Random(1);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (long sent = 0; sent < bytes; sent += BUFFER_BYTES) {
      random.nextBytes(buffer);
      digest.update(buffer);
      write(from, ByteBuffer.wrap(buffer));
    }
    from.shutdownOutput();
    String sent = HexFormat.of().formatHex(digest.digest());
    System.out.printf(
        "%s: %d bytes, SHA-256 %s, %s%n",
        direction, bytes, sent, sent.equals(received.get()) ? "the same" : "DIFFERENT");
  }

  private static void write(SocketChannel socket, ByteBuffer src) throws IOException {
    while (src.hasRemaining()) {
      socket.write(src);
    }
  }

  private static String digest(InputStream in) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      digest.update(buffer, 0, count);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static long drain(ReadableByteChannel in) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    long received = 0;
    for (int count = 0; count >= 0; count = in.read(buffer.clear())) {
      received += count;
    }
    return received;
  }

  private void requireAll(long received) throws IOException {
    if (received != bytes) {
      throw new IOException("%d of %d bytes came".formatted(received, bytes));
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static <T> FutureTask<T> start(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread = new Thread(future, "tunnel-rate");
    thread.setDaemon(true);
    thread.start();
    return future;
  }
}
