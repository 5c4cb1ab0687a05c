package org.secrethandshake.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
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
 * <p>Arguments: BACKEND MEBIBYTES ROUNDS.
 */
final class TunnelRate {
  private static final int MEBIBYTE = 1 << 20;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final SecretHandshake shs;
  private final IdentityKeyPair own;
  private final long bytes;

  private TunnelRate(CryptoProvider crypto, long bytes) {
    this.own = IdentityKeyPair.generate(crypto);
    this.shs =
        SecretHandshake.builder()
            .crypto(crypto)
            .network(NetworkKey.SCUTTLEBUTT)
            .identity(own)
            .build();
    this.bytes = bytes;
  }

  public static void main(String[] arguments) throws Exception {
    CryptoProvider crypto = CryptoProviders.named(arguments[0]);
    TunnelRate rate = new TunnelRate(crypto, Long.parseLong(arguments[1]) * MEBIBYTE);
    rate.run(crypto.name(), Integer.parseInt(arguments[2]));
    System.exit(0);
  }

  private void run(String crypto, int rounds) throws Exception {
    try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TestShell far = new TestShell();
      String forward = "127.0.0.1:" + target.getLocalPort();
      far.start(
          ("tunnel --crypto " + crypto + " --allow-anyone --listen-secret 0 --forward " + forward)
              .split(" "));
      TestShell near = new TestShell();
      near.start(
          ("tunnel --crypto " + crypto + " --listen 127.0.0.1:0 --to " + far.listeningAddress())
              .split(" "));
      int port = Integer.parseInt(near.listeningAddress().split(":")[1]);
      double[] ratios = new double[rounds];
      long channelCpu = 0;
      long tunnelCpu = 0;
      channel();
      tunnel(target, port);
      for (int round = 0; round < rounds; round++) {
        long before = PROCESS.getProcessCpuTime();
        double channel = channel();
        long between = PROCESS.getProcessCpuTime();
        double tunnel = tunnel(target, port);
        tunnelCpu += PROCESS.getProcessCpuTime() - between;
        channelCpu += between - before;
        ratios[round] = channel / tunnel;
        System.out.printf(
            "channel %.2f s, tunnel %.2f s, ratio %.2f%n", channel, tunnel, ratios[round]);
      }
      Arrays.sort(ratios);
      System.out.printf(
          "median ratio %.2f, by processor time %.2f (%.2f s and %.2f s a round)%n",
          ratios[rounds / 2],
          (double) channelCpu / tunnelCpu,
          channelCpu / 1e9 / rounds,
          tunnelCpu / 1e9 / rounds);
      copy(target, port);
    }
  }

  private double channel() throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open().bind(ANY_PORT)) {
      FutureTask<Long> received =
          start(
              () -> {
                try (SecretChannel server = shs.accept(listener.accept(), Authorizer.anyone())) {
                  return drain(server.inputStream());
                }
              });
      try (SecretChannel client =
          shs.connect(
              SocketChannel.open(listener.getLocalAddress()), shs.serverKey(own.publicKey()))) {
        long begin = System.nanoTime();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (long sent = 0; sent < bytes; sent += BUFFER_BYTES) {
          client.write(buffer.clear());
        }
        client.shutdownOutput();
        requireAll(received.get());
        return seconds(begin);
      }
    }
  }

  private double tunnel(ServerSocket target, int port) throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket server = target.accept()) {
      FutureTask<Long> received = start(() -> drain(server.getInputStream()));
      long begin = System.nanoTime();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (long sent = 0; sent < bytes; sent += BUFFER_BYTES) {
        client.getOutputStream().write(buffer);
      }
      client.shutdownOutput();
      requireAll(received.get());
      return seconds(begin);
    }
  }

  private void copy(ServerSocket target, int port) throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket server = target.accept()) {
      copy("there", client, server);
      copy("back", server, client);
    }
  }

  private void copy(String direction, Socket from, Socket to) throws Exception {
    FutureTask<String> received = start(() -> digest(to.getInputStream()));
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Random random = new Random(1);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (long sent = 0; sent < bytes; sent += BUFFER_BYTES) {
      random.nextBytes(buffer);
      digest.update(buffer);
      from.getOutputStream().write(buffer);
    }
    from.shutdownOutput();
    String sent = HexFormat.of().formatHex(digest.digest());
    System.out.printf(
        "%s: %d bytes, SHA-256 %s, %s%n",
        direction, bytes, sent, sent.equals(received.get()) ? "the same" : "DIFFERENT");
  }

  private static String digest(InputStream in) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      digest.update(buffer, 0, count);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static long drain(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long received = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
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
