package org.secrethandshake.conformance.load;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretServer;

/**
 * Many channels of one server within its default bounds, most of them idle, and traffic on the
 * others: every echo is compared, and at the end every channel's goodbye is seen.
 *
 * <p>Arguments: a backend, how many channels, on how many there is traffic, and for how many
 * seconds. The clients are a process of their own, which is also given the port.
 */
final class IdleAndBusy {
  private static final int MESSAGE_BYTES = 4096;
  private static final int DIALLING_THREADS = 16;
  private static final int SECONDS_TO_END = 30;

  private IdleAndBusy() {}

  public static void main(String[] arguments) throws Exception {
    int channels = Integer.parseInt(arguments[1]);
    int busy = Integer.parseInt(arguments[2]);
    int seconds = Integer.parseInt(arguments[3]);
    try (Side side = new Side(arguments[0])) {
      if (arguments.length == 4) {
        serve(side, arguments[0], channels, busy, seconds);
      } else {
        dial(side, channels, busy, seconds, Integer.parseInt(arguments[4]));
      }
    }
  }

  private static void serve(Side side, String backend, int channels, int busy, int seconds)
      throws Exception {
    Report report = new Report();
    Tally failures = new Tally();
    Echo echo = new Echo(MESSAGE_BYTES);
    try (SecretServer server =
            SecretServer.builder(side.shs())
                .authorizer(Authorizer.anyone())
                .listener((reason, client) -> failures.add(reason))
                .handler(echo)
                .start(new InetSocketAddress("127.0.0.1", 0));
        Fork clients =
            new Fork(
                IdleAndBusy.class,
                backend,
                channels,
                busy,
                seconds,
                server.localAddress().getPort())) {
      report.say("before: %s", Vitals.now());
      clients.tell("open");
      report.say("opened: %s", clients.next());
      report.say("with all open: %s", Vitals.now());
      clients.tell("talk");
      Thread.sleep(TimeUnit.SECONDS.toMillis(seconds) / 2);
      report.say("with traffic: %s", Vitals.now());
      report.say("traffic, with one full collection meanwhile: %s", clients.next());
      report.claim(echo.ends().total() == 0, "no channel has ended (%s)", echo.ends());
      report.say("after the traffic: %s", Vitals.now());
      clients.tell("close");
      report.say("closed: %s", clients.next());
      echo.ends().awaitTotal(channels, SECONDS_TO_END);
      report.claim(
          echo.ends().of(Echo.GOODBYE) == channels,
          "every channel's goodbye was seen (%s)",
          echo.ends());
      report.claim(failures.total() == 0, "no handshake failed (%s)", failures);
      // A thread of a pool lives for a minute after its last task.
      Thread.sleep(TimeUnit.SECONDS.toMillis(Math.min(6 * seconds, 62)));
      report.say("after: %s", Vitals.now());
    }
    report.finish();
  }

  private static void dial(Side side, int count, int busy, int seconds, int port) throws Exception {
    Orders orders = new Orders();
    orders.await();
    Times dials = new Times();
    List<SecretChannel> channels =
        Crowd.play(
            count,
            DIALLING_THREADS,
            number -> {
              long begun = System.nanoTime();
              SecretChannel channel = side.dial(port);
              dials.addSince(begun);
              return channel;
            });
    orders.answer(dials);
    orders.await();
    Times echoes = new Times();
    // The busy ones are spread over the order in which they were opened.
    Crowd.play(
        busy, busy, number -> talk(channels.get(number * (count / busy)), number, seconds, echoes));
    orders.answer(echoes);
    orders.await();
    Times ends = new Times();
    Crowd.play(
        count,
        DIALLING_THREADS,
        number -> {
          long begun = System.nanoTime();
          channels.get(number).close();
          ends.addSince(begun);
          return null;
        });
    orders.answer(ends);
    orders.await();
  }

  private static Void talk(SecretChannel channel, long seed, int seconds, Times echoes)
      throws Exception {
    Messages messages = new Messages(MESSAGE_BYTES, seed);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      long begun = System.nanoTime();
      if (!messages.exchange(channel)) {
        throw new AssertionError("the server said goodbye");
      }
      echoes.addSince(begun);
    }
    return null;
  }
}
