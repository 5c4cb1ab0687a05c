package org.secrethandshake.benchmarks.jmh;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.benchmarks.sides.Sides;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;

/** A handshake that each invocation finds where its step begins, and that is wiped after it. */
@SuppressWarnings("NullAway.Init") // each step fills the field that the next ones use
public abstract class HandshakeInProgress extends PerProvider {
  private final List<Handshake> begun = new ArrayList<>();
  private final List<Session> finished = new ArrayList<>();
  private Sides sides;
  private ClientHandshake client;
  private ServerHandshake server;

  /** For the steps of {@link HandshakeStepBenchmark}. */
  HandshakeInProgress() {}

  /** Makes the identities. */
  @Setup(Level.Trial)
  public void open() {
    CryptoProvider crypto = crypto();
    sides = new Sides(crypto, crypto);
  }

  /** Wipes what the invocation has used. */
  @TearDown(Level.Invocation)
  public void end() {
    begun.forEach(Handshake::close);
    begun.clear();
    finished.forEach(Session::close);
    finished.clear();
  }

  /** Wipes the identities. */
  @TearDown(Level.Trial)
  public void close() {
    sides.close();
  }

  final Handshake clientHello() {
    client = sides.client();
    begun.add(client);
    sides.send(client);
    return client;
  }

  final Handshake serverHello() throws HandshakeException {
    server = sides.server();
    begun.add(server);
    sides.receive(server);
    sides.send(server);
    return server;
  }

  final Handshake clientAuthenticate() throws HandshakeException {
    sides.receive(client);
    sides.send(client);
    return client;
  }

  final Handshake serverAccept() throws HandshakeException {
    sides.receive(server);
    server.accept();
    sides.send(server);
    return server;
  }

  final Session clientFinish() throws HandshakeException {
    sides.receive(client);
    Session session = client.finish();
    finished.add(session);
    return session;
  }
}
