package org.secrethandshake.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32C;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/** The demo with one backend: two peers with fresh identities, over TCP on the loopback. */
final class DemoRun {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final CryptoProvider crypto;
  private final PrintStream out;
  private final Style style;
  private final int megabytes;
  private final DemoTranscript transcript;
  private final ProgressBar progress;

  DemoRun(CryptoProvider crypto, PrintStream out, Style style, int megabytes) {
    this.crypto = crypto;
    this.out = out;
    this.style = style;
    this.megabytes = megabytes;
    this.transcript = new DemoTranscript(out, style);
    this.progress = new ProgressBar(out, style, (long) megabytes << 20);
  }

  /** Runs it, and returns the line that sums it up. */
  String run() throws Exception {
    NetworkKey network = freshNetwork();
    try (IdentityKeyPair alice = IdentityKeyPair.generate(crypto);
        IdentityKeyPair bob = IdentityKeyPair.generate(crypto);
        SecretHandshake client = side(network, alice);
        SecretHandshake server = side(network, bob);
        ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      introduce(alice, bob, listener);
      FutureTask<Boolean> serving =
          new FutureTask<>(new DemoServer(listener, server, transcript, progress));
      startDaemon(serving);
      String summary = meet(client, bob, listener);
      serving.get();
      return summary;
    }
  }

  private NetworkKey freshNetwork() {
    byte[] key = new byte[NetworkKey.BYTES];
    crypto.randomBytes(key);
    return NetworkKey.of(key);
  }

  private SecretHandshake side(NetworkKey network, IdentityKeyPair identity) {
    return SecretHandshake.builder().crypto(crypto).network(network).identity(identity).build();
  }

  private static void startDaemon(Runnable task) {
    Thread thread = new Thread(task, "shs-demo-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void introduce(IdentityKeyPair alice, IdentityKeyPair bob, ServerSocketChannel listener)
      throws IOException {
    InetSocketAddress bound = (InetSocketAddress) listener.getLocalAddress();
    MultiserverAddress address =
        MultiserverAddress.of(
            bound.getAddress().getHostAddress(), bound.getPort(), bob.publicKey());
    out.println();
    out.println(style.strong("With " + crypto.name()) + ": " + crypto.description());
    out.println("  " + style.server("server") + "  " + address);
    out.println("  " + style.client("client") + "  " + alice.publicKey());
    out.println(
        "  Both hold the network key. The client knows the server; not the other way round.");
    out.println();
  }

  private String meet(SecretHandshake client, IdentityKeyPair bob, ServerSocketChannel listener)
      throws IOException, Failure {
    long start = System.nanoTime();
    SocketChannel socket = SocketChannel.open(listener.getLocalAddress());
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    try (SecretChannel channel =
        client.connect(
            new NarratedTransport(socket, true, transcript), client.serverKey(bob.publicKey()))) {
      transcript.verified();
      double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
      out.println();
      out.println(
          "  The keys of this channel come from one-time secrets that have been wiped. Whoever");
      out.println("  recorded all this, and steals both identities later, still cannot read it.");
      out.println();
      return "handshake %.0f ms, %s".formatted(millis, transfer(channel));
    }
  }

  private String transfer(SecretChannel channel) throws IOException, Failure {
    progress.start();
    long start = System.nanoTime();
    long checksum = send(channel);
    channel.shutdownOutput();
    DataInputStream in = new DataInputStream(channel.inputStream());
    boolean same = in.readLong() == checksum;
    if (!same || in.read() >= 0) {
      throw new Failure(ExitCodes.STREAM_CUT, "The server did not receive what was sent.", null);
    }
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    out.println("  goodbye   from the client, after its last byte");
    out.println("  goodbye   from the server, after the right checksum of all it received");
    return "%d MiB at %.0f MiB/s, both goodbyes seen".formatted(megabytes, megabytes / seconds);
  }

  /** Sends megabytes that all differ, and returns their checksum. */
  private long send(SecretChannel channel) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    crypto.randomBytes(chunk.array());
    long chunks = ((long) megabytes << 20) / CHUNK_BYTES;
    for (long number = 0; number < chunks; number++) {
      chunk.clear().putLong(0, number);
      checksum.update(chunk);
      channel.write(chunk.flip());
    }
    return checksum.getValue();
  }
}
