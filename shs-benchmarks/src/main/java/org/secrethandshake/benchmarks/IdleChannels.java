package org.secrethandshake.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Memory of an idle channel, one end: a server accepts channels over loopback TCP from clients in a
 * process of their own, and nothing is ever sent on them. Channels that were opened and closed
 * before have paid for what a JVM pays once: classes, compiled code, a backend's tables.
 *
 * <p>Heap is the growth of the used heap after full collections: all that a channel and its socket
 * hold; an idle channel needs no thread. Native memory is the growth of the resident process
 * outside the heap, on Linux, with some hundred KiB that the JVM itself gained, without the
 * kernel's buffers.
 */
final class IdleChannels {
  /** Dials, if its jars are here: what is measured is at the other end, and this one is quick. */
  private static final String CLIENT = "bouncycastle";

  private static final int OPENED_BEFORE = 500;
  private static final int BACKLOG = 256;

  private IdleChannels() {}

  /** Returns the heap and the native memory of that many channels, in bytes. */
  static List<Double> measure(String backend, int count, Jars jars) throws IOException {
    // The whole heap is resident from the start, so whatever the process gains lies outside of it.
    // The second compiler takes megabytes, and would pass for memory of the channels.
    List<String> options =
        List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1");
    String number = Integer.toString(count);
    Duration limit = Duration.ofSeconds(60).plusMillis(20L * count);
    String client = jars.separate(CLIENT) ? CLIENT : backend;
    var serve = Child.java(jars.of(backend), options, IdleChannels.class, backend, number);
    try (Child server = new Child("The server", limit, serve)) {
      String port = server.next().about();
      var dial = Child.java(jars.of(client), List.of(), IdleChannels.class, client, number, port);
      try (Child clients = new Child("The program of the clients", limit, dial)) {
        clients.next();
        return server.next().samples();
      }
    }
  }

  /** The programs. Arguments: the backend, how many channels, and for the clients the port. */
  public static void main(String[] arguments) throws Exception {
    CryptoProvider crypto = CryptoProviders.named(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    byte[] seed = new byte[IdentityKeyPair.SEED_BYTES];
    // Both have the same identity, so that neither need tell the other; and collecting garbage must
    // not look like a slow peer.
    try (IdentityKeyPair both = IdentityKeyPair.fromSeed(crypto, seed);
        SecretHandshake shs =
            SecretHandshake.builder()
                .crypto(crypto)
                .network(NetworkKey.SCUTTLEBUTT)
                .identity(both)
                .timeout(Duration.ofSeconds(60))
                .build()) {
      if (arguments.length == 2) {
        serve(shs, count);
      } else {
        dial(shs, shs.serverKey(both.publicKey()), count, Integer.parseInt(arguments[2]));
      }
    }
  }

  private static void serve(SecretHandshake shs, int count) throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress("localhost", 0), BACKLOG);
      System.out.println("{\"about\":\"" + listener.socket().getLocalPort() + "\"}");
      Callable<SecretChannel> accept = () -> shs.accept(listener.accept(), Authorizer.anyone());
      open(Math.min(OPENED_BEFORE, count), () -> closed(accept.call()));
      long heap = settledHeap();
      long outside = outsideHeap();
      List<SecretChannel> held = open(count, accept);
      heap = settledHeap() - heap;
      outside = outsideHeap() - outside;
      System.out.println("{\"figure\":\"bytes\",\"samples\":[" + heap + "," + outside + "]}");
      // Also keeps them from the collector until everything is read.
      if (!held.stream().allMatch(SecretChannel::isOpen)) {
        throw new IllegalStateException("a channel did not stay open");
      }
    }
  }

  private static void dial(SecretHandshake shs, ServerKey server, int count, int port)
      throws Exception {
    InetSocketAddress address = new InetSocketAddress("localhost", port);
    Callable<SecretChannel> dial = () -> shs.connect(SocketChannel.open(address), server);
    open(Math.min(OPENED_BEFORE, count), () -> closed(dial.call()));
    List<SecretChannel> held = open(count, dial);
    System.out.println("{\"about\":\"" + held.size() + "\"}");
    while (System.in.read() >= 0 && held.get(0).isOpen()) {
      // Nothing is ever said: the end of the input is the end of the parent.
    }
  }

  /** At once, while the other end does so too, or each would wait for the other's goodbye. */
  private static SecretChannel closed(SecretChannel channel) {
    channel.close();
    return channel;
  }

  private static List<SecretChannel> open(int count, Callable<SecretChannel> one) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<SecretChannel>> opened = threads.invokeAll(Collections.nCopies(count, one));
    threads.shutdown();
    SecretChannel[] channels = new SecretChannel[count];
    for (int i = 0; i < count; i++) {
      channels[i] = opened.get(i).get();
    }
    return List.of(channels);
  }

  private static long settledHeap() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      System.gc();
      // Cleaners run on a thread of their own, and free what the next collection finds.
      Thread.sleep(50);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long outsideHeap() throws IOException {
    Path status = Path.of("/proc/self/status");
    String text = Files.exists(status) ? Files.readString(status) : "";
    return text.contains("VmRSS:")
        ? 1024 * Long.parseLong(text.replaceAll("(?s).*VmRSS:\\s+(\\d+) kB.*", "$1"))
        : 0;
  }
}
