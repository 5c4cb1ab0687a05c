package org.secrethandshake.conformance.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.secrethandshake.conformance.load.Crossing.Fault;
import org.secrethandshake.conformance.load.Crossing.Fault.When;
import org.secrethandshake.conformance.load.Crossing.Outcome;
import org.secrethandshake.conformance.load.Link.Weather;

/**
 * The command on two hosts, which are network namespaces, over a link that delays, loses, reorders,
 * is cut and heals. Every transfer is complete or reported as cut, in time, and none is silently
 * short.
 *
 * <p>Needs Linux, root, {@code ip} and {@code /dev/net/tun}. Arguments: the path of the script
 * {@code shs}; how many crossings at a time; and {@code quick}, or {@code slow} for the one that
 * waits for TCP itself to give up, which takes a quarter of an hour.
 */
final class Network {
  private static final long MIB = 1024 * 1024;

  /** The commands' own time to start and to end. */
  private static final int SLACK_SECONDS = 10;

  private static final int HANDSHAKE_SECONDS = 5;
  private static final int WRITE_SECONDS = 60;
  private static final int KEEP_ALIVE_SECONDS = 120;

  /** What Linux takes for its last retransmission, with some slack for a longer round trip. */
  private static final int RETRANSMISSION_SECONDS = 1000;

  private static final int SECONDS_UNTIL_CUT = 60;

  private final String shs;
  private final Report report = new Report();

  private Network(String shs) {
    this.shs = shs;
  }

  public static void main(String[] arguments) throws Exception {
    Network network = new Network(arguments[0]);
    List<Crossing> crossings = arguments[2].equals("slow") ? slow() : quick();
    Crowd.play(
        crossings.size(),
        Integer.parseInt(arguments[1]),
        number -> {
          network.cross(crossings.get(number), number);
          return null;
        });
    network.report.finish();
  }

  private static List<Crossing> quick() {
    Weather fair = Weather.FAIR;
    Weather rough = new Weather(50, 1, 5);
    Weather foul = new Weather(20, 10, 20);
    List<Crossing> all = new ArrayList<>();
    all.add(whole("a fair link", fair, Fault.NONE, 4 * MIB, 60));
    all.add(whole("a rough link", rough, Fault.NONE, 4 * MIB, 120));
    all.add(whole("a foul link", foul, Fault.NONE, MIB / 4, 120));
    Fault middle = Fault.after(3 * MIB);
    all.add(whole("a cut that heals after 3 s", fair, middle.healingAfter(3), 8 * MIB, 60));
    all.add(whole("a cut that heals after 20 s", rough, middle.healingAfter(20), 8 * MIB, 120));
    all.add(
        of(
            "a cut that heals after 50 s, which the write timeout may not outlast",
            fair,
            middle.healingAfter(50),
            8 * MIB,
            8 * MIB,
            Outcome.COMPLETE_OR_CUT,
            120));
    all.add(cut("a cut while both send", middle, 8 * MIB, 8 * MIB, WRITE_SECONDS));
    all.add(cut("a cut while the server sends", middle, 0, 8 * MIB, KEEP_ALIVE_SECONDS));
    all.add(cut("a cut while the client sends", middle, 8 * MIB, 0, KEEP_ALIVE_SECONDS));
    Fault silence = new Fault(When.IN_SILENCE, 0, 0);
    all.add(cut("a cut while both are silent", silence, -1, -1, KEEP_ALIVE_SECONDS));
    Fault before = new Fault(When.BEFORE, 0, 0);
    all.add(cut("a cut before the dial", before, 0, -1, HANDSHAKE_SECONDS));
    // The handshake of TCP takes 172 bytes of packets, ours some 600 more.
    for (int bytes : new int[] {180, 300, 420, 600}) {
      String name = "a cut within the handshake, after " + bytes + " bytes";
      all.add(cut(name, Fault.after(bytes), 0, -1, HANDSHAKE_SECONDS));
    }
    for (int bytes = 1_000; bytes < 41_000; bytes += 5_000) {
      all.add(shortOne(bytes));
    }
    return all;
  }

  private static List<Crossing> slow() {
    Fault lastWords = new Fault(When.BEFORE_THE_LAST_WORDS, 0, 0);
    return List.of(
        cut("a cut before the client's last words", lastWords, -1, -1, RETRANSMISSION_SECONDS));
  }

  /** Short enough for the buffers of the system, so that no write ever waits. */
  private static Crossing shortOne(int bytes) {
    return new Crossing(
        "a short transfer with a cut after " + bytes + " bytes, --idle-timeout 15",
        Weather.FAIR,
        Fault.after(bytes),
        16_000,
        16_000,
        List.of("--idle-timeout", "15"),
        Outcome.COMPLETE_OR_CUT,
        15 + SLACK_SECONDS);
  }

  private static Crossing whole(
      String name, Weather weather, Fault fault, long bytes, int seconds) {
    return of(name, weather, fault, bytes, bytes, Outcome.COMPLETE, seconds);
  }

  private static Crossing cut(
      String name, Fault fault, long clientBytes, long serverBytes, int seconds) {
    int limit = seconds + SLACK_SECONDS;
    return of(name, Weather.FAIR, fault, clientBytes, serverBytes, Outcome.CUT, limit);
  }

  private static Crossing of(
      String name,
      Weather weather,
      Fault fault,
      long clientBytes,
      long serverBytes,
      Outcome outcome,
      int seconds) {
    return new Crossing(
        name, weather, fault, clientBytes, serverBytes, List.of(), outcome, seconds);
  }

  private void cross(Crossing crossing, int number) throws Exception {
    Path folder = Files.createTempDirectory("shs-network");
    String name = "shs" + ProcessHandle.current().pid() + "-" + number;
    try (Host here = new Host(name + "c", "10.77." + number + ".1");
        Host there = new Host(name + "s", "10.77." + number + ".2")) {
      Link link = Link.between(here.device(), there.device(), crossing.weather(), number);
      try (Call server =
          call(crossing, there, folder, crossing.serverBytes(), "listen", "--port", "8008")) {
        cross(crossing, link, here, server, folder);
      }
    } finally {
      delete(folder);
    }
  }

  private void cross(Crossing crossing, Link link, Host here, Call server, Path folder)
      throws Exception {
    String address = server.address();
    Fault fault = crossing.fault();
    if (fault.when() == When.BEFORE) {
      link.cut();
    } else if (fault.when() == When.AFTER_BYTES) {
      link.cutAfter(fault.bytes());
    }
    long begun = System.nanoTime();
    try (Call client = call(crossing, here, folder, crossing.clientBytes(), "connect", address)) {
      if (fault.when() != When.NEVER) {
        befall(fault, link, client, server);
        begun = System.nanoTime();
      }
      if (fault.healsAfter() > 0) {
        Thread.sleep(TimeUnit.SECONDS.toMillis(fault.healsAfter()));
        link.heal();
      }
      judge(crossing, client, server, begun);
    }
  }

  private void befall(Fault fault, Link link, Call client, Call server)
      throws IOException, InterruptedException {
    switch (fault.when()) {
      case BEFORE -> link.awaitLoss(SECONDS_UNTIL_CUT);
      case AFTER_BYTES -> link.awaitCut(SECONDS_UNTIL_CUT);
      case IN_SILENCE, BEFORE_THE_LAST_WORDS -> {
        server.say((byte) 'x');
        client.awaitAllOf(server);
        // The acknowledgement is on its way, too.
        Thread.sleep(TimeUnit.SECONDS.toMillis(1));
        link.cut();
      }
      default -> {
        // It is never cut.
      }
    }
    if (fault.when() == When.BEFORE_THE_LAST_WORDS) {
      client.say("the last words".getBytes(StandardCharsets.UTF_8));
      client.endInput();
    }
  }

  private Call call(
      Crossing crossing, Host host, Path folder, long bytes, String command, String... rest)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(rest));
    arguments.addAll(crossing.options());
    if (command.equals("listen")) {
      arguments.addAll(List.of("--host", host.address()));
    }
    return new Call(host, shs, folder, bytes, command.length(), arguments);
  }

  private void judge(Crossing crossing, Call client, Call server, long begun)
      throws IOException, InterruptedException {
    boolean clientInTime = client.awaitEnd(crossing.seconds());
    double clientSeconds = clientInTime ? client.secondsSince(begun) : -1;
    // A server that has had no client goes on waiting for one, as it should.
    boolean served = server.hasEnded() || client.received() > 0 || server.received() > 0;
    boolean expectsEnd =
        crossing.outcome() != Outcome.CUT || served || crossing.fault().bytes() > 1000;
    boolean serverInTime =
        !expectsEnd
            || server.awaitEnd(Math.max(1, crossing.seconds() - (long) Math.max(0, clientSeconds)));
    double serverSeconds = server.hasEnded() ? server.secondsSince(begun) : -1;
    String verdict =
        client.saysComplete() == server.saysComplete() ? "" : ", complete for one alone";
    boolean silentlyShort =
        (client.saysComplete() && !client.hasAllOf(server))
            || (server.saysComplete() && !server.hasAllOf(client));
    boolean parts = client.hasPartOf(server) && server.hasPartOf(client);
    boolean asExpected =
        switch (crossing.outcome()) {
          case COMPLETE -> client.saysComplete() && server.saysComplete();
          case CUT -> !client.saysComplete() && !server.saysComplete();
          case COMPLETE_OR_CUT -> true;
        };
    report.claim(
        clientInTime && serverInTime && !silentlyShort && parts && asExpected,
        "%s (%s; %s%s)%n          client: %s, %.1f s, %d bytes received%n"
            + "          server: %s, %.1f s, %d bytes received",
        crossing.name(),
        crossing.weather(),
        silentlyShort ? "SILENTLY SHORT" : crossing.outcome(),
        verdict,
        client.result(),
        clientSeconds,
        client.received(),
        server.result(),
        serverSeconds,
        server.received());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
