package org.secrethandshake.benchmarks.jmh;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;

/**
 * Each message of the handshake, from what makes it possible until it is sent.
 *
 * <p>The steps before are done anew ahead of every invocation, outside of its time. That costs two
 * readings of the clock, under 0.1 µs: right for steps of ten microseconds and more. The bytes
 * allocated contain those of the steps before.
 */
public class HandshakeStepBenchmark extends PerProvider {
  static final List<String> STEPS =
      List.of("clientHello", "serverHello", "clientAuthenticate", "serverAccept", "clientFinish");

  /** The step that is measured. */
  @Param({"clientHello", "serverHello", "clientAuthenticate", "serverAccept", "clientFinish"})
  String step = "";

  private Sides sides;
  private ClientHandshake client;
  private ServerHandshake server;

  @Setup(Level.Trial)
  public void open() {
    sides = new Sides(crypto());
    client = sides.client();
    server = sides.server();
  }

  @Setup(Level.Invocation)
  public void advance() throws HandshakeException {
    for (String before : STEPS.subList(0, STEPS.indexOf(step))) {
      take(before);
    }
  }

  @Benchmark
  public Object run() throws HandshakeException {
    return take(step);
  }

  private Object take(String next) throws HandshakeException {
    switch (next) {
      case "clientHello" -> {
        client = sides.client();
        sides.send(client);
      }
      case "serverHello" -> {
        server = sides.server();
        sides.receive(server);
        sides.send(server);
      }
      case "clientAuthenticate" -> {
        sides.receive(client);
        sides.send(client);
      }
      case "serverAccept" -> {
        sides.receive(server);
        server.accept();
        sides.send(server);
      }
      default -> {
        sides.receive(client);
        client.finish().close();
      }
    }
    return next;
  }

  @TearDown(Level.Invocation)
  public void end() {
    client.close();
    server.close();
  }

  @TearDown(Level.Trial)
  public void close() {
    sides.close();
  }
}
