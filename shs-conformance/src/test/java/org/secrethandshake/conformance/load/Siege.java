package org.secrethandshake.conformance.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.conformance.load.Besiegers.Manner;

/**
 * Peers that stall or drip in their handshakes, up to a server's bound and past it, while honest
 * clients dial: all of those get in, each within the deadline of its own handshake.
 *
 * <p>Arguments: a backend, the manner of the besiegers, how many they are, and for how many
 * seconds. Besiegers and honest clients are a process each, which is also given the port and what
 * it plays.
 */
final class Siege {
  private static final int HONEST_CLIENTS = 4;
  private static final int MESSAGE_BYTES = 1000;
  private static final int SECONDS_ALONE = 5;

  private Siege() {}

  public static void main(String[] arguments) throws Exception {
    Manner manner = Manner.valueOf(arguments[1]);
    int peers = Integer.parseInt(arguments[2]);
    int seconds = Integer.parseInt(arguments[3]);
    try (Side side = new Side(arguments[0])) {
      if (arguments.length == 4) {
        serve(side, arguments[0], manner, peers, seconds);
        return;
      }
      Orders orders = new Orders();
      int port = Integer.parseInt(arguments[4]);
      if (arguments[5].equals("besiegers")) {
        orders.await();
        orders.answer(new Besiegers(manner, port, side.clientHello()).besiege(peers, seconds));
      } else {
        orders.await();
        dial(side, port, SECONDS_ALONE, orders);
        orders.await();
        // The siege stands before, and lasts longer than, what is measured.
        Thread.sleep(TimeUnit.SECONDS.toMillis(1));
        dial(side, port, seconds - 2, orders);
      }
      orders.await();
    }
  }

  private static void serve(Side side, String backend, Manner manner, int peers, int seconds)
      throws Exception {
    Report report = new Report();
    Tally failures = new Tally();
    Echo echo = new Echo(MESSAGE_BYTES);
    try (SecretServer server =
        SecretServer.builder(side.shs())
            .authorizer(Authorizer.anyone())
            .listener((reason, client) -> failures.add(reason))
            .handler(echo)
            .start(new InetSocketAddress("127.0.0.1", 0))) {
      int port = server.localAddress().getPort();
      try (Fork besiegers =
              new Fork(Siege.class, backend, manner, peers, seconds, port, "besiegers");
          Fork honest = new Fork(Siege.class, backend, manner, peers, seconds, port, "honest")) {
        report.say("before: %s", Vitals.now());
        honest.tell("dial");
        report.say("without a siege: %s", honest.next());
        honest.next();
        besiegers.tell("besiege");
        honest.tell("dial");
        Thread.sleep(TimeUnit.SECONDS.toMillis(seconds) / 2);
        report.say("during: %s", Vitals.now());
        report.say("under siege: %s", honest.next());
        report.claim(
            honest.next().equals("none"), "every honest dial succeeded, in less than the deadline");
        report.say("%s", besiegers.next());
        report.say("at the server: %s; dropped to make room: %d", failures, server.dropped());
      }
      // What still stalls has its deadline, and the pool's threads a minute.
      long deadline = SecretHandshake.DEFAULT_TIMEOUT.toMillis();
      Thread.sleep(deadline + 1000 * Math.min(seconds, 61));
      report.say("after: %s", Vitals.now());
    }
    report.finish();
  }

  private static void dial(Side side, int port, int seconds, Orders orders) throws Exception {
    Times dials = new Times();
    Tally failures = new Tally();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    Crowd.play(
        HONEST_CLIENTS,
        HONEST_CLIENTS,
        number -> {
          while (System.nanoTime() < end) {
            dialOnce(side, port, dials, failures);
            Thread.sleep(20);
          }
          return null;
        });
    if (dials.longest() > SecretHandshake.DEFAULT_TIMEOUT.toMillis()) {
      failures.add("late");
    }
    orders.answer(dials + "; failed: " + failures);
    orders.answer(failures);
  }

  private static void dialOnce(Side side, int port, Times dials, Tally failures) {
    long begun = System.nanoTime();
    try (SecretChannel channel = side.dial(port)) {
      dials.addSince(begun);
      if (!new Messages(MESSAGE_BYTES, begun).exchange(channel)) {
        failures.add("goodbye instead of an echo");
      }
    } catch (IOException e) {
      failures.add(e);
    }
  }
}
