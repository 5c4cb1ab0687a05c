package org.secrethandshake.conformance;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;
import org.secrethandshake.conformance.Shs1Case.Outcome;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Where {@code interop/shs1-forwarder.js} carries the cases of the shs1-test suite: one connection
 * for each, begun by a line with the arguments and answered in frames (see the forwarder's head).
 *
 * <p>Counts by itself how the cases ended, because the suite takes any failure for a refusal.
 */
final class Shs1FarEnd implements AutoCloseable {
  private static final int CASES = 45;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int LONGEST_LINE = 300;
  private static final int LAST_FRAME = 0xffff;

  private final CryptoProvider crypto;
  private final ServerSocket listener =
      new ServerSocket(0, CASES, InetAddress.getByName("127.0.0.1"));
  private final Map<String, Integer> outcomes = new TreeMap<>();

  Shs1FarEnd(CryptoProvider crypto) throws IOException {
    this.crypto = crypto;
    daemon(this::acceptLoop);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How many cases ended how, once all of them have, or what is known by the end of the time. */
  synchronized Map<String, Integer> outcomes(long millis) throws InterruptedException {
    long end = System.currentTimeMillis() + millis;
    long left = millis;
    while (outcomes.values().stream().mapToInt(Integer::intValue).sum() < CASES && left > 0) {
      wait(left);
      left = end - System.currentTimeMillis();
    }
    return new TreeMap<>(outcomes);
  }

  private synchronized void count(String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
    notifyAll();
  }

  private void acceptLoop() {
    try {
      while (true) {
        Socket socket = listener.accept();
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // The listener is closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      Outcome outcome = run(socket);
      count(outcome.label());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      if (outcome.isSuccess()) {
        frame(out, outcome.keys());
      }
      out.write(new byte[] {(byte) (LAST_FRAME >>> 8), (byte) LAST_FRAME, outcome.exitCode()});
      out.flush();
    } catch (IOException e) {
      // The suite has ended the forwarder, which it does as soon as a case is decided.
    }
  }

  private Outcome run(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    try (Shs1Case test = Shs1Case.of(crypto, arguments(in))) {
      return test.run(bytes -> exactly(in, bytes), message -> frame(out, message));
    } catch (IOException | RuntimeException e) {
      return Outcome.broken(e);
    }
  }

  private static String[] arguments(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.length() == LONGEST_LINE) {
        throw new EOFException("the forwarder sent no line of arguments");
      }
      line.append((char) b);
    }
    return line.toString().split(" ");
  }

  private static byte[] exactly(InputStream in, int bytes) throws IOException {
    byte[] message = in.readNBytes(bytes);
    if (message.length < bytes) {
      throw new EOFException("the suite closed the input");
    }
    return message;
  }

  private static void frame(DataOutputStream out, byte[] content) throws IOException {
    out.writeShort(content.length);
    out.write(content);
    out.flush();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "shs1-far-end");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
