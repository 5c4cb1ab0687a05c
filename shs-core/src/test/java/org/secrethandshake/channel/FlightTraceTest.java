package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.testkit.ForkedJava;

/** What Flight Recorder shows of a server, and that a runtime without it is served as well. */
class FlightTraceTest {
  private static final String HANDSHAKE = "org.secrethandshake.Handshake";
  private static final String CHANNEL = "org.secrethandshake.Channel";

  @TempDir private Path folder;

  @Test
  void recordsHandshakesAndChannelsWithoutTheirPeers() throws Exception {
    List<RecordedEvent> events;
    try (Recording recording = new Recording()) {
      recording.enable(HANDSHAKE).withoutThreshold();
      recording.enable(CHANNEL).withoutThreshold();
      recording.start();
      serveOneFriendAndOneWrongNumber();
      recording.stop();
      Path file = folder.resolve("server.jfr");
      recording.dump(file);
      events = RecordingFile.readAllEvents(file);
      assertTrue(Files.size(file) > 0);
    }
    List<RecordedEvent> handshakes = of(HANDSHAKE, events);
    assertEquals(2, handshakes.size(), "and none of our own first visitor");
    assertEquals(1, handshakes.stream().filter(e -> e.getString("failure") == null).count());
    assertEquals(
        1,
        handshakes.stream().filter(e -> "BAD_CLIENT_AUTH".equals(e.getString("failure"))).count());
    assertTrue(
        handshakes.stream().allMatch(e -> e.getDuration().compareTo(Duration.ZERO) > 0),
        "how long each took");
    RecordedEvent channel = of(CHANNEL, events).get(0);
    assertEquals(1, of(CHANNEL, events).size());
    assertEquals(1000, channel.getLong("bytesRead"));
    assertEquals(1000, channel.getLong("bytesWritten"));
    assertEquals(null, channel.getString("failure"));
    assertTrue(channel.getDuration().compareTo(Duration.ZERO) > 0);
    for (RecordedEvent event : events) {
      assertFalse(event.toString().contains(Peers.ALICE.publicKey().toBase64()));
    }
  }

  @Test
  void servesWithoutFlightRecorderInTheRuntime() throws Exception {
    assertEquals(
        "no recorder; served",
        ForkedJava.run(
            "--limit-modules",
            "java.base,java.logging",
            "--class-path",
            ForkedJava.classPath(entry -> true),
            Program.class.getName()));
  }

  private static List<RecordedEvent> of(String name, List<RecordedEvent> events) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }

  private static void serveOneFriendAndOneWrongNumber() throws Exception {
    try (SecretServer server = Program.start()) {
      Program.echo(server);
      try (SocketChannel socket = SocketChannel.open(server.localAddress())) {
        assertThrows(
            HandshakeException.class,
            () -> Peers.CLIENT.connect(socket, Peers.CLIENT.serverKey(Peers.ALICE.publicKey())));
      }
      server.stop(Duration.ofSeconds(20));
    }
  }

  /** Serves once, in a JVM of its own or in this one. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws Exception {
      boolean recorder = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
      try (SecretServer server = start()) {
        echo(server);
      }
      System.out.println((recorder ? "a recorder; " : "no recorder; ") + "served");
    }

    static SecretServer start() throws Exception {
      return SecretServer.builder(Peers.SERVER)
          .authorizer(Authorizer.anyone())
          .handler(channel -> channel.inputStream().transferTo(channel.outputStream()))
          .start(Peers.anyPort());
    }

    static void echo(SecretServer server) throws Exception {
      try (SecretChannel channel =
          Peers.CLIENT.connect(SocketChannel.open(server.localAddress()), Peers.BOBS_KEY)) {
        channel.write(ByteBuffer.allocate(1000));
        channel.shutdownOutput();
        assertEqual(1000, channel.inputStream().readAllBytes().length);
      }
    }

    private static void assertEqual(int expected, int actual) {
      if (expected != actual) {
        throw new AssertionError("expected " + expected + ", but was " + actual);
      }
    }
  }
}
