package org.secrethandshake.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.Session;

/**
 * Each message of the handshake, from what makes it possible until it is sent.
 *
 * <p>The steps before are done anew ahead of every invocation, outside of its time. That costs two
 * readings of the clock per invocation, under 0.1 µs, and leaves the caches to those steps: right
 * for steps of ten microseconds and more, as these are, and of no use for anything shorter. The
 * bytes allocated contain those of the steps before.
 */
public class HandshakeStepBenchmark extends AverageMicros {
  /** Nothing has been sent. */
  public static class Begin extends HandshakeInProgress {}

  /** The clientHello is under way. */
  public static class AfterClientHello extends HandshakeInProgress {
    /** Sends the messages before. */
    @Setup(Level.Invocation)
    public void advance() throws HandshakeException {
      clientHello();
    }
  }

  /** The serverHello is under way. */
  public static class AfterServerHello extends HandshakeInProgress {
    /** Sends the messages before. */
    @Setup(Level.Invocation)
    public void advance() throws HandshakeException {
      clientHello();
      serverHello();
    }
  }

  /** The clientAuthenticate is under way. */
  public static class AfterClientAuthenticate extends HandshakeInProgress {
    /** Sends the messages before. */
    @Setup(Level.Invocation)
    public void advance() throws HandshakeException {
      clientHello();
      serverHello();
      clientAuthenticate();
    }
  }

  /** The serverAccept is under way. */
  public static class AfterServerAccept extends HandshakeInProgress {
    /** Sends the messages before. */
    @Setup(Level.Invocation)
    public void advance() throws HandshakeException {
      clientHello();
      serverHello();
      clientAuthenticate();
      serverAccept();
    }
  }

  /** The client begins, and says hello. */
  @Benchmark
  public Handshake clientHello(Begin handshake) {
    return handshake.clientHello();
  }

  /** The server begins, checks the clientHello, and answers. */
  @Benchmark
  public Handshake serverHello(AfterClientHello handshake) throws HandshakeException {
    return handshake.serverHello();
  }

  /** The client checks the serverHello, and shows who it is. */
  @Benchmark
  public Handshake clientAuthenticate(AfterServerHello handshake) throws HandshakeException {
    return handshake.clientAuthenticate();
  }

  /** The server checks who the client is, lets it in, and derives its keys. */
  @Benchmark
  public Handshake serverAccept(AfterClientAuthenticate handshake) throws HandshakeException {
    return handshake.serverAccept();
  }

  /** The client checks the serverAccept, and derives its keys. */
  @Benchmark
  public Session clientFinish(AfterServerAccept handshake) throws HandshakeException {
    return handshake.clientFinish();
  }
}
