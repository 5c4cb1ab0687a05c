package org.secrethandshake.conformance.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretServer;

/**
 * Many clients that dial a server at the same moment, as after its restart. Who is refused for want
 * of room dials again at once, and all of them get in. The first storm finds a server that has
 * compiled nothing yet.
 *
 * <p>Arguments: a backend, how many clients, and how many storms. The clients are a process of
 * their own, which is also given the port.
 */
final class Storm {
  private static final int MESSAGE_BYTES = 1000;
  private static final int MOST_DIALS = 20;

  private Storm() {}

  public static void main(String[] arguments) throws Exception {
    int clients = Integer.parseInt(arguments[1]);
    int storms = Integer.parseInt(arguments[2]);
    try (Side side = new Side(arguments[0])) {
      if (arguments.length == 3) {
        serve(side, arguments[0], clients, storms);
      } else {
        Orders orders = new Orders();
        for (int storm = 0; storm < storms; storm++) {
          orders.await();
          dial(side, clients, Integer.parseInt(arguments[3]), orders);
        }
      }
    }
  }

  private static void serve(Side side, String backend, int count, int storms) throws Exception {
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
            new Fork(Storm.class, backend, count, storms, server.localAddress().getPort())) {
      report.say("before: %s", Vitals.now());
      for (int storm = 1; storm <= storms; storm++) {
        clients.tell("dial");
        report.say("storm %d: %s", storm, clients.next());
        report.say("storm %d: %s", storm, clients.next());
        report.say("handshakes that failed at the server so far: %s", failures);
        report.claim(clients.next().equals(count + " in"), "all clients got in");
        clients.next();
        echo.ends().awaitTotal((long) storm * count, 30);
        report.claim(
            echo.ends().of(Echo.GOODBYE) == (long) storm * count,
            "every goodbye was seen (%s)",
            echo.ends());
      }
      report.say("after: %s", Vitals.now());
    }
    report.finish();
  }

  private static void dial(Side side, int clients, int port, Orders orders) throws Exception {
    CountDownLatch ready = new CountDownLatch(clients);
    Tally firstDials = new Tally();
    Times in = new Times();
    List<SecretChannel> channels =
        Crowd.play(
            clients,
            clients,
            number -> {
              ready.countDown();
              ready.await();
              long begun = System.nanoTime();
              SecretChannel channel = dialUntilIn(side, port, firstDials);
              in.addSince(begun);
              return channel;
            });
    orders.answer("of the first dials: " + firstDials);
    orders.answer("from the first dial to the first echo: " + in);
    orders.answer(channels.stream().filter(SecretChannel::isOpen).count() + " in");
    Crowd.play(
        clients,
        16,
        number -> {
          channels.get(number).close();
          return null;
        });
    orders.answer("closed");
  }

  private static SecretChannel dialUntilIn(Side side, int port, Tally firstDials)
      throws IOException {
    for (int dial = 1; ; dial++) {
      try {
        SecretChannel channel = side.dial(port);
        if (!new Messages(MESSAGE_BYTES, port).exchange(channel)) {
          throw new AssertionError("the server said goodbye");
        }
        if (dial == 1) {
          firstDials.add("in");
        }
        return channel;
      } catch (IOException e) {
        if (dial == 1) {
          firstDials.add(e);
        }
        if (dial == MOST_DIALS) {
          throw e;
        }
      }
    }
  }
}
