package org.secrethandshake.channel;

import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ByteChannel;
import java.util.concurrent.Future;

/** The kinds of transports that a channel can run over. */
enum Wire {
  SOCKET_CHANNEL {
    @Override
    Transports.Pair transports() throws Exception {
      return Peers.tcp();
    }
  },
  SOCKET {
    @Override
    Transports.Pair transports() throws Exception {
      try (ServerSocket listener = new ServerSocket()) {
        listener.bind(Peers.anyPort());
        Socket left = new Socket(listener.getInetAddress(), listener.getLocalPort());
        return new Transports.Pair(Transports.of(left), Transports.of(listener.accept()));
      }
    }
  },
  MEMORY {
    @Override
    Transports.Pair transports() {
      return Transports.pair();
    }
  };

  abstract Transports.Pair transports() throws Exception;

  /** A client and a server, connected. */
  ChannelPair connect() throws Exception {
    return connect(transports());
  }

  static ChannelPair connect(Transports.Pair transports) throws Exception {
    ByteChannel right = transports.right();
    Future<SecretChannel> accepted =
        Peers.THREADS.submit(() -> Peers.SERVER.accept(right, Authorizer.anyone()));
    return new ChannelPair(Peers.CLIENT.connect(transports.left(), Peers.BOBS_KEY), accepted.get());
  }
}
