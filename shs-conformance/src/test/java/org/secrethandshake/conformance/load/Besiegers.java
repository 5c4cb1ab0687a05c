package org.secrethandshake.conformance.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Peers that hold places of a server without an end to their handshake, and take new ones when they
 * are cut. One thread plays all of them.
 */
final class Besiegers {
  private static final long DRIP_MILLIS = 100;

  /** What they do once they are connected. */
  enum Manner {
    /** Say nothing. */
    SILENT,
    /** Send half of a hello, and stall. */
    HALF,
    /** Send a whole hello, which costs the server its ephemeral key, and stall. */
    HELLO,
    /** Send a hello a byte at a time, too slowly to end it in time. */
    DRIP,
    /** Each does one of these. */
    MIXED;

    private Manner of(int number) {
      return this == MIXED ? values()[number % MIXED.ordinal()] : this;
    }
  }

  private final Manner manner;
  private final InetSocketAddress server;
  private final byte[] hello;
  private final Selector selector = Selector.open();
  private long connected;
  private long cut;

  /** One of them: what it does, and what it has sent. */
  private static final class Peer {
    private final Manner manner;
    private final ByteBuffer rest;

    Peer(Manner manner, byte[] hello) {
      this.manner = manner;
      rest =
          switch (manner) {
            case SILENT -> ByteBuffer.allocate(0);
            case HALF -> ByteBuffer.wrap(hello, 0, hello.length / 2);
            default -> ByteBuffer.wrap(hello);
          };
    }

    void send(SocketChannel socket) throws IOException {
      if (manner == Manner.DRIP) {
        if (rest.remaining() > 1) {
          socket.write(ByteBuffer.wrap(new byte[] {rest.get()}));
        }
      } else {
        socket.write(rest);
      }
    }
  }

  Besiegers(Manner manner, int port, byte[] hello) throws IOException {
    this.manner = manner;
    this.server = new InetSocketAddress("127.0.0.1", port);
    this.hello = hello;
  }

  /** Besieges the server for some time; answers in words how that went. */
  String besiege(int peers, int seconds) throws IOException {
    for (int number = 0; number < peers; number++) {
      connect(manner.of(number));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long nextDrip = System.nanoTime();
    while (System.nanoTime() < end) {
      selector.select(this::turn, DRIP_MILLIS);
      if (System.nanoTime() >= nextDrip) {
        nextDrip += TimeUnit.MILLISECONDS.toNanos(DRIP_MILLIS);
        drip();
      }
    }
    return peers + " peers connected " + connected + " times, and were cut " + cut + " times";
  }

  private void connect(Manner one) throws IOException {
    SocketChannel socket = SocketChannel.open();
    socket.configureBlocking(false);
    SelectionKey key = socket.register(selector, SelectionKey.OP_CONNECT, new Peer(one, hello));
    if (socket.connect(server)) {
      begin(key);
    }
  }

  private void turn(SelectionKey key) {
    SocketChannel socket = (SocketChannel) key.channel();
    Peer peer = (Peer) key.attachment();
    try {
      if (key.isConnectable() && socket.finishConnect()) {
        begin(key);
      } else if (key.isReadable() && socket.read(ByteBuffer.allocate(128)) < 0) {
        throw new IOException("cut");
      }
    } catch (IOException e) {
      cut++;
      again(socket, peer.manner);
    }
  }

  private void begin(SelectionKey key) throws IOException {
    connected++;
    key.interestOps(SelectionKey.OP_READ);
    ((Peer) key.attachment()).send((SocketChannel) key.channel());
  }

  private void drip() {
    for (SelectionKey key : selector.keys()) {
      Peer peer = (Peer) key.attachment();
      if (key.isValid() && peer.manner == Manner.DRIP) {
        SocketChannel socket = (SocketChannel) key.channel();
        try {
          if (socket.isConnected()) {
            peer.send(socket);
          }
        } catch (IOException e) {
          // The end of the connection is read, and counted, by the next turn.
        }
      }
    }
  }

  private void again(SocketChannel socket, Manner one) {
    try {
      socket.close();
      connect(one);
    } catch (IOException e) {
      throw new IllegalStateException("a besieger could not come again", e);
    }
  }
}
