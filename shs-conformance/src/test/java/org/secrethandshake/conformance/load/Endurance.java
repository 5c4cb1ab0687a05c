package org.secrethandshake.conformance.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretServer;

/**
 * Streams at full rate for a long time, one after another on each of some channels, each returned
 * by the server and compared by length and checksum. What both processes hold stays what it is
 * after the first look.
 *
 * <p>Arguments: a backend, minutes, how many channels at a time, and MiB for each. The clients are
 * a process of their own, which is also given the port.
 */
final class Endurance {
  private static final long MIB = 1024 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;

  /** What compilers and allocators may still take while nothing leaks. */
  private static final long HEAP_SLACK = 4 * MIB;

  private static final long RESIDENT_SLACK = 24 * MIB;

  private Endurance() {}

  public static void main(String[] arguments) throws Exception {
    int minutes = Integer.parseInt(arguments[1]);
    int channels = Integer.parseInt(arguments[2]);
    int mib = Integer.parseInt(arguments[3]);
    try (Side side = new Side(arguments[0])) {
      if (arguments.length == 4) {
        serve(side, arguments[0], minutes, channels, mib);
      } else {
        new Clients(side, Integer.parseInt(arguments[4]), channels, mib * MIB).run(minutes);
      }
    }
  }

  private static void serve(Side side, String backend, int minutes, int channels, int mib)
      throws Exception {
    Report report = new Report();
    Tally failures = new Tally();
    Echo echo = new Echo(BUFFER_BYTES);
    try (SecretServer server =
            SecretServer.builder(side.shs())
                .authorizer(Authorizer.anyone())
                .listener((reason, client) -> failures.add(reason))
                .handler(echo)
                .start(new InetSocketAddress("127.0.0.1", 0));
        Fork clients =
            new Fork(
                Endurance.class,
                backend,
                minutes,
                channels,
                mib,
                server.localAddress().getPort())) {
      report.say("server before: %s", Vitals.now());
      report.say("clients before: %s", clients.next());
      clients.tell("begin");
      Vitals first = look(report, clients);
      Vitals last = first;
      for (int minute = 2; minute <= minutes; minute++) {
        last = look(report, clients);
      }
      clients.tell("end");
      String result = clients.next();
      report.claim(result.endsWith(" 0 wrong, 0 failed"), "%s", result);
      report.say("clients after: %s", clients.next());
      report.claim(failures.total() == 0, "no handshake failed (%s)", failures);
      report.claim(
          echo.ends().of(Echo.GOODBYE) == echo.ends().total(), "only goodbyes (%s)", echo.ends());
      report.claim(
          last.heap() - first.heap() < HEAP_SLACK
              && last.resident() - first.resident() < RESIDENT_SLACK
              && last.threads() <= first.threads() + channels
              && last.handles() <= first.handles() + channels,
          "the server held no more at the last look than at the first");
      // A thread of a pool lives for a minute after its last task.
      Thread.sleep(TimeUnit.SECONDS.toMillis(62));
      report.say("server after: %s", Vitals.now());
    }
    report.finish();
  }

  private static Vitals look(Report report, Fork clients) throws Exception {
    Thread.sleep(TimeUnit.MINUTES.toMillis(1));
    Vitals server = Vitals.now();
    report.say("server: %s", server);
    clients.tell("look");
    report.say("clients: %s", clients.next());
    return server;
  }

  /** The process of the clients. */
  private static final class Clients {
    private final Side side;
    private final int port;
    private final int channels;
    private final long bytes;
    private final LongAdder moved = new LongAdder();
    private final LongAdder streams = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final Tally failures = new Tally();
    private volatile boolean ending;

    Clients(Side side, int port, int channels, long bytes) {
      this.side = side;
      this.port = port;
      this.channels = channels;
      this.bytes = bytes;
    }

    void run(int looks) throws Exception {
      Orders orders = new Orders();
      orders.answer(Vitals.now());
      orders.await();
      ExecutorService threads = Executors.newCachedThreadPool();
      Future<?> all =
          threads.submit(
              (Callable<?>)
                  () -> Crowd.play(channels, channels, number -> stream(number, threads)));
      for (int look = 0; look < looks; look++) {
        orders.await();
        orders.answer(moved.sum() / MIB + " MiB returned so far; " + Vitals.now());
      }
      orders.await();
      ending = true;
      all.get();
      orders.answer(
          "%s MiB in %s streams, %s wrong, %s failed"
              .formatted(moved.sum() / MIB, streams, wrong, failures.total()));
      threads.shutdown();
      orders.answer(Vitals.now() + "; failures: " + failures);
      orders.await();
    }

    private Void stream(long number, ExecutorService readers) throws Exception {
      for (long seed = number; !ending; seed += channels) {
        try (SecretChannel channel = side.dial(port)) {
          streams.increment();
          if (!new EchoedStream(channel, moved).run(bytes, seed, readers)) {
            wrong.increment();
          }
        } catch (IOException | ExecutionException e) {
          failures.add(e);
        }
      }
      return null;
    }
  }
}
