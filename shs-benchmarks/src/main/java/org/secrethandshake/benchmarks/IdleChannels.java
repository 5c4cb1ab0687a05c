package org.secrethandshake.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.handshake.Remote;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Memory of an idle channel, one end: a server accepts channels over loopback TCP from clients in a
 * process of their own, and nothing is ever sent on them. Channels that were opened and closed
 * before have paid for what a JVM pays once: classes, compiled code, a backend's tables.
 *
 * <ul>
 *   <li>Heap is the growth of the used heap after full collections: all that a channel and its
 *       socket hold, but no thread, since an idle channel needs none of its own.
 *   <li>Native memory is the growth of the resident process outside the heap, on Linux: what a
 *       library allocates, and whatever the JVM itself gained meanwhile, some hundred KiB in all,
 *       which a pure-Java backend's figure shows. The kernel's buffers of a socket are not in it.
 * </ul>
 */
final class IdleChannels {
  /** Dials, if its jars are here: what is measured is at the other end, and this one is quick. */
  private static final String CLIENT = "bouncycastle";

  private static final int OPENED_BEFORE = 500;
  private static final int BACKLOG = 256;

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int THREADS = 4;
  private static final int COLLECTIONS = 5;
  private static final long PAUSE_MILLIS = 50;

  private IdleChannels() {}

  /** What a number of channels hold, in bytes. */
  record Load(double heap, double outside) {}

  /** Runs the server, with a heap that a large one would have, and the clients beside it. */
  static Load measure(String backend, int count, Jars jars) throws IOException {
    // The whole heap is resident from the start, so whatever the process gains lies outside of it.
    // The second compiler takes megabytes, and would pass for memory of the channels.
    List<String> options =
        List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1");
    String number = Integer.toString(count);
    Duration limit = Duration.ofSeconds(60).plusMillis(20L * count);
    String client = jars.separate(CLIENT) ? CLIENT : backend;
    List<String> serve = Child.java(jars.of(backend), options, IdleChannels.class, backend, number);
    try (Child server = new Child("The server", limit, serve)) {
      String port = String.valueOf(server.next().about());
      List<String> dial =
          Child.java(jars.of(client), List.of(), IdleChannels.class, client, number, port);
      try (Child clients = new Child("The program of the clients", limit, dial)) {
        clients.next();
        List<Double> read = server.next().samples();
        return read == null ? new Load(0, 0) : new Load(read.get(0), read.get(1));
      }
    }
  }

  /** The programs. Arguments: the backend, how many channels, and for the clients the port. */
  public static void main(String[] arguments) throws Exception {
    CryptoProvider crypto = CryptoProviders.named(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    // Both have the same identity, so that neither need tell the other.
    try (IdentityKeyPair both =
            IdentityKeyPair.fromSeed(crypto, new byte[IdentityKeyPair.SEED_BYTES]);
        SecretHandshake shs =
            SecretHandshake.builder()
                .crypto(crypto)
                .network(NetworkKey.SCUTTLEBUTT)
                .identity(both)
                // Collecting garbage must not look like a slow peer.
                .timeout(Duration.ofSeconds(60))
                .build()) {
      if (arguments.length == 2) {
        serve(shs, count);
      } else {
        dial(shs, shs.remote(both.publicKey()), count, Integer.parseInt(arguments[2]));
      }
    }
  }

  private static void serve(SecretHandshake shs, int count) throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      System.out.println("{\"about\":\"" + listener.socket().getLocalPort() + "\"}");
      Callable<SecretChannel> accept = () -> shs.accept(listener.accept(), Authorizer.anyone());
      open(Math.min(OPENED_BEFORE, count), () -> closed(accept.call()));
      long heapBefore = settledHeap();
      long outsideBefore = outsideHeap();
      List<SecretChannel> held = open(count, accept);
      long heap = settledHeap() - heapBefore;
      long outside = outsideHeap() - outsideBefore;
      System.out.println(
          "{\"figure\":\"memory\",\"unit\":\"B\",\"samples\":[" + heap + "," + outside + "]}");
      // Also keeps them from the collector until everything is read.
      if (!held.stream().allMatch(SecretChannel::isOpen)) {
        throw new IllegalStateException("a channel did not stay open");
      }
    }
  }

  private static void dial(SecretHandshake shs, Remote server, int count, int port)
      throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
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
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<SecretChannel> opened = new ArrayList<>();
    for (Future<SecretChannel> each : threads.invokeAll(Collections.nCopies(count, one))) {
      opened.add(each.get());
    }
    threads.shutdown();
    return opened;
  }

  private static long settledHeap() throws InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      // Cleaners run on a thread of their own, and free what the next collection finds.
      Thread.sleep(PAUSE_MILLIS);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long outsideHeap() throws IOException {
    String status = Files.exists(STATUS) ? Files.readString(STATUS) : "";
    Matcher resident = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(status);
    return resident.find() ? Long.parseLong(resident.group(1)) * 1024 : 0;
  }
}
