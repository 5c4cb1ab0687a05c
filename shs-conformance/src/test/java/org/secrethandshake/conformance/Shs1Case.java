package org.secrethandshake.conformance;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.handshake.SessionKeys;
import org.secrethandshake.spi.CryptoProvider;

/** One case of the shs1-test suite: one handshake of ours, in the role that the suite asks for. */
record Shs1Case(Handshake handshake, String[] peerMessages) implements AutoCloseable {
  private static final byte REFUSED = 1;
  private static final byte BROKEN = 2;

  /** Reads bytes of the suite's peer. */
  interface Input {
    byte[] read(int bytes) throws IOException;
  }

  /** Writes a message to the suite's peer. */
  interface Output {
    void write(byte[] message) throws IOException;
  }

  /**
   * How a case ended.
   *
   * @param label what is counted
   * @param keys encryption key and nonce, decryption key and nonce; empty without success
   */
  record Outcome(String label, byte exitCode, byte[] keys) {
    static Outcome broken(Exception e) {
      return new Outcome("broken: " + e, BROKEN, new byte[0]);
    }

    boolean isSuccess() {
      return keys.length > 0;
    }
  }

  /**
   * Begins a case.
   *
   * @param arguments {@code client NETWORK SERVER_PUBLIC} or {@code server NETWORK SERVER_SECRET
   *     SERVER_PUBLIC}
   */
  static Shs1Case of(CryptoProvider crypto, String[] arguments) {
    byte[] network = HexFormat.of().parseHex(arguments[1]);
    byte[] key = HexFormat.of().parseHex(arguments[2]);
    if (arguments[0].equals("server")) {
      byte[] seed = Arrays.copyOf(key, CryptoProvider.SEED_BYTES);
      return new Shs1Case(
          Handshakes.server(crypto, network, seed),
          new String[] {"clientHello", "clientAuthenticate"});
    }
    byte[] seed = new byte[CryptoProvider.SEED_BYTES];
    crypto.randomBytes(seed);
    return new Shs1Case(
        Handshakes.client(crypto, network, seed, key),
        new String[] {"serverHello", "serverAccept"});
  }

  /** Runs the handshake to its end. */
  Outcome run(Input in, Output out) throws IOException {
    int received = 0;
    while (handshake.step() != Handshake.Step.DONE) {
      if (handshake.step() == Handshake.Step.SEND) {
        out.write(Handshakes.sent(handshake));
      } else if (handshake instanceof ServerHandshake server
          && handshake.step() == Handshake.Step.AUTHORIZE) {
        server.accept();
      } else {
        byte[] message = in.read(handshake.bytesNeeded());
        try {
          Handshakes.deliver(message, handshake);
        } catch (HandshakeException e) {
          String label = "%s refused as %s".formatted(peerMessages[received], e.reason());
          return new Outcome(label, REFUSED, new byte[0]);
        }
        received++;
      }
    }
    return new Outcome("ok", (byte) 0, keys());
  }

  private byte[] keys() {
    try (Session session = handshake.finish();
        SessionKeys keys = session.exportKeysUnsafe()) {
      return Formulas.concat(
          keys.sendKey(), keys.sendNonce(), keys.receiveKey(), keys.receiveNonce());
    }
  }

  @Override
  public void close() {
    handshake.close();
  }
}
