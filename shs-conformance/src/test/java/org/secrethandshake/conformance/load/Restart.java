package org.secrethandshake.conformance.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretServer;

/**
 * A server that is stopped under load and started again at the same port. What a client sees at the
 * end is what the handler said: a goodbye after a handler that returned or shut down its output, a
 * cut of one that went on, and never an answer that is silently short.
 *
 * <p>Arguments: a backend, how many channels, and how many rounds. The clients are a process of
 * their own, which is also given the port, and dial again as soon as all have seen their end.
 */
final class Restart {
  private static final int MESSAGE_BYTES = 10_000;
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final String GOODBYE = "goodbye";
  private static final int SECONDS_TO_OPEN = 60;

  /** What a channel's handler does when the server is about to stop. */
  enum Manner {
    /** Returns after the answer that it is at. */
    RETURNING,
    /** Shuts down its output after that answer, and reads on until the client's goodbye. */
    SHUTTING_DOWN,
    /** Goes on. */
    STUBBORN,
    /** Waits in a read, because its client says nothing. */
    WAITING;

    boolean saysGoodbye() {
      return this == RETURNING || this == SHUTTING_DOWN;
    }
  }

  private Restart() {}

  public static void main(String[] arguments) throws Exception {
    int channels = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    try (Side side = new Side(arguments[0])) {
      if (arguments.length == 3) {
        serve(side, arguments[0], channels, rounds);
        return;
      }
      Orders orders = new Orders();
      for (int round = 0; round < rounds; round++) {
        dial(side, channels, Integer.parseInt(arguments[3]), orders);
      }
      orders.await();
    }
  }

  private static void serve(Side side, String backend, int channels, int rounds) throws Exception {
    Report report = new Report();
    report.say("before: %s", Vitals.now());
    Service first = new Service();
    InetSocketAddress anyPort = new InetSocketAddress("127.0.0.1", 0);
    SecretServer server = first.start(side, anyPort);
    InetSocketAddress address = server.localAddress();
    try (Fork clients = new Fork(Restart.class, backend, channels, rounds, address.getPort())) {
      Service service = first;
      for (int round = 1; round <= rounds; round++) {
        oneRound(report, service, server, clients, channels);
        if (round < rounds) {
          service = new Service();
          server = service.start(side, address);
        }
      }
    } finally {
      server.close();
    }
    Thread.sleep(TimeUnit.SECONDS.toMillis(1));
    report.say("after: %s", Vitals.now());
    report.finish();
  }

  private static void oneRound(
      Report report, Service service, SecretServer server, Fork clients, int channels)
      throws Exception {
    long started = System.nanoTime();
    boolean open = service.opened.awaitTotal(channels, SECONDS_TO_OPEN);
    report.claim(
        open, "%s are open after %.1f s", service.opened, seconds(System.nanoTime() - started));
    Thread.sleep(TimeUnit.SECONDS.toMillis(1));
    report.say("under load: %s", Vitals.now());
    service.stopping.set(true);
    long stopped = System.nanoTime();
    server.stop(GRACE);
    report.say("stopped within %.1f s", seconds(System.nanoTime() - stopped));
    report.say("handlers: %s", service.ended);
    report.say("clients: %s", clients.next());
    report.say("dials that failed before: %s", clients.next());
    report.claim(clients.next().equals("0 wrong"), "each client saw what its handler said");
    report.claim(
        seconds(System.nanoTime() - stopped) < GRACE.plus(SecretServer.CLOSE_BOUND).toSeconds() + 2,
        "all clients saw their end within the grace and the bound of the close");
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  /** What one server does, from its start to its stop. */
  private static final class Service {
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Tally opened = new Tally();
    private final Tally ended = new Tally();

    SecretServer start(Side side, InetSocketAddress address) throws IOException {
      return SecretServer.builder(side.shs())
          .authorizer(Authorizer.anyone())
          .handler(this::handle)
          .start(address);
    }

    private void handle(SecretChannel channel) throws IOException {
      ByteBuffer wish = ByteBuffer.allocate(1);
      channel.read(wish);
      channel.write(wish.flip());
      Manner manner = Manner.values()[wish.get(0)];
      opened.add(manner.name());
      try {
        Messages messages = new Messages(MESSAGE_BYTES, 0);
        while (messages.echo(channel)) {
          if (stopping.get() && manner == Manner.RETURNING) {
            ended.add(manner + " returned");
            return;
          }
          if (stopping.get() && manner == Manner.SHUTTING_DOWN) {
            channel.shutdownOutput();
            channel.inputStream().skip(Long.MAX_VALUE);
            break;
          }
        }
        ended.add(manner + " read a goodbye");
      } catch (IOException e) {
        ended.add(manner + " failed: " + Tally.reason(e));
        throw e;
      }
    }
  }

  private static void dial(Side side, int channels, int port, Orders orders) throws Exception {
    Tally ends = new Tally();
    Tally refusals = new Tally();
    long wrong =
        Crowd.play(
                channels,
                channels,
                number -> {
                  Manner manner = Manner.values()[number % Manner.values().length];
                  try (SecretChannel channel = dialUntilIn(side, port, manner, refusals)) {
                    String end = untilEnd(channel, manner, number);
                    ends.add(manner + " " + end);
                    return end.equals(GOODBYE) == manner.saysGoodbye() && !end.startsWith("SHORT");
                  }
                })
            .stream()
            .filter(right -> !right)
            .count();
    orders.answer(ends);
    orders.answer(refusals);
    orders.answer(wrong + " wrong");
  }

  private static SecretChannel dialUntilIn(Side side, int port, Manner manner, Tally refusals)
      throws Exception {
    while (true) {
      try {
        SecretChannel channel = side.dial(port);
        channel.write(ByteBuffer.wrap(new byte[] {(byte) manner.ordinal()}));
        if (channel.read(ByteBuffer.allocate(1)) == 1) {
          return channel;
        }
        refusals.add("goodbye at the start");
      } catch (IOException e) {
        refusals.add(e);
      }
      Thread.sleep(20);
    }
  }

  private static String untilEnd(SecretChannel channel, Manner manner, long seed) {
    Messages messages = new Messages(MESSAGE_BYTES, seed);
    try {
      while (manner != Manner.WAITING && messages.exchange(channel)) {
        // Until the server ends it.
      }
      return end(channel);
    } catch (EOFException e) {
      return "SHORT: " + e.getMessage();
    } catch (IOException e) {
      // A write may fail where a read still finds the goodbye.
      return endAfter(e, channel);
    }
  }

  private static String endAfter(IOException failure, SecretChannel channel) {
    try {
      return end(channel);
    } catch (IOException e) {
      return "cut: " + Tally.reason(failure);
    }
  }

  private static String end(SecretChannel channel) throws IOException {
    int count = channel.read(ByteBuffer.allocate(MESSAGE_BYTES));
    return count < 0 ? GOODBYE : "SHORT: " + count + " bytes of an answer to nothing";
  }
}
