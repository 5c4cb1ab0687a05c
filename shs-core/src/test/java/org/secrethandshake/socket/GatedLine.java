package org.secrethandshake.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/**
 * A line between a client and a server that carries the client's bytes as they come, and of the
 * server's as many as it is told to.
 */
final class GatedLine implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final Semaphore permits = new Semaphore(0);
  private final InetSocketAddress server;

  GatedLine(InetSocketAddress server) throws IOException {
    this.server = server;
    SocketPair.THREADS.submit(this::run);
  }

  InetSocketAddress address() {
    return SocketPair.addressOf(listener);
  }

  /** Lets this many more bytes of the server pass. */
  void letPass(int bytes) {
    permits.release(bytes);
  }

  private Void run() throws Exception {
    try (Socket near = listener.accept();
        Socket far = new Socket(server.getAddress(), server.getPort())) {
      near.setTcpNoDelay(true);
      SocketPair.THREADS.submit(() -> near.getInputStream().transferTo(far.getOutputStream()));
      InputStream in = far.getInputStream();
      OutputStream out = near.getOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        permits.acquire();
        out.write(b);
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
