package org.secrethandshake.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.secrethandshake.socket.SocketPair.Kind;

/**
 * What programs expect of a socket: every line of it holds for the JDK's own sockets and for secret
 * ones.
 */
@Timeout(20)
class SocketBehaviourTest {
  private static final byte[] HELLO = "hello".getBytes(US_ASCII);
  private static final int LONG = 3_000_000;

  @ParameterizedTest
  @EnumSource
  void carriesBytesBothWaysAtTheSameTime(Kind kind) throws Exception {
    byte[] there = new byte[LONG];
    byte[] back = new byte[LONG];
    new Random(1).nextBytes(there);
    new Random(2).nextBytes(back);
    try (SocketPair pair = kind.connect()) {
      Future<?> sent = SocketPair.THREADS.submit(() -> send(pair.client(), there));
      Future<?> sentBack = SocketPair.THREADS.submit(() -> send(pair.server(), back));
      Future<byte[]> received =
          SocketPair.THREADS.submit(() -> pair.server().getInputStream().readAllBytes());
      assertArrayEquals(back, pair.client().getInputStream().readAllBytes());
      assertArrayEquals(there, received.get());
      sent.get();
      sentBack.get();
    }
  }

  private static Void send(Socket socket, byte[] bytes) throws Exception {
    socket.getOutputStream().write(bytes);
    socket.shutdownOutput();
    return null;
  }

  @ParameterizedTest
  @EnumSource
  void aReadThatTimesOutIsFollowedByOneThatGoesOn(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      InputStream in = pair.client().getInputStream();
      pair.client().setSoTimeout(5);
      assertEquals(5, pair.client().getSoTimeout());
      for (int i = 0; i < 3; i++) {
        assertEquals(0, assertThrows(SocketTimeoutException.class, in::read).bytesTransferred);
      }
      pair.client().setSoTimeout(0);
      pair.server().getOutputStream().write(HELLO);
      assertArrayEquals(HELLO, in.readNBytes(HELLO.length));
      pair.client().getOutputStream().write(HELLO);
      assertArrayEquals(HELLO, pair.server().getInputStream().readNBytes(HELLO.length));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReadWithATimeoutTakesWhatComesInTime(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      pair.client().setSoTimeout(60_000);
      Blocked<Integer> read = new Blocked<>(() -> pair.client().getInputStream().read());
      read.awaitIn("read");
      pair.server().getOutputStream().write('x');
      assertEquals('x', read.result());
    }
  }

  @ParameterizedTest
  @EnumSource
  void afterShutdownOutputThePeerReadsTheEndAndMayStillWrite(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      OutputStream out = pair.client().getOutputStream();
      out.write(HELLO);
      pair.client().shutdownOutput();
      assertTrue(pair.client().isOutputShutdown());
      assertFalse(pair.client().isInputShutdown());
      assertFalse(pair.client().isClosed());
      assertArrayEquals(HELLO, pair.server().getInputStream().readAllBytes());
      assertEquals(-1, pair.server().getInputStream().read());
      assertThrows(SocketException.class, () -> out.write(HELLO));
      assertThrows(SocketException.class, pair.client()::getOutputStream);
      assertThrows(SocketException.class, pair.client()::shutdownOutput);
      pair.server().getOutputStream().write(HELLO);
      assertArrayEquals(HELLO, pair.client().getInputStream().readNBytes(HELLO.length));
    }
  }

  @ParameterizedTest
  @EnumSource
  void afterShutdownInputReadsFindTheEndAndWritesGoOn(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      InputStream in = pair.client().getInputStream();
      pair.server().getOutputStream().write(HELLO);
      pair.client().shutdownInput();
      assertTrue(pair.client().isInputShutdown());
      assertEquals(-1, in.read());
      assertEquals(-1, in.read(new byte[9]));
      assertEquals(0, in.available());
      assertThrows(SocketException.class, pair.client()::getInputStream);
      assertThrows(SocketException.class, pair.client()::shutdownInput);
      pair.client().getOutputStream().write(HELLO);
      assertArrayEquals(HELLO, pair.server().getInputStream().readNBytes(HELLO.length));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shutdownInputEndsAReadThatWaits(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      Blocked<Integer> read = new Blocked<>(() -> pair.client().getInputStream().read(new byte[9]));
      read.awaitIn("read");
      pair.client().shutdownInput();
      assertEquals(-1, read.result());
      pair.client().getOutputStream().write(HELLO);
      assertArrayEquals(HELLO, pair.server().getInputStream().readNBytes(HELLO.length));
    }
  }

  @ParameterizedTest
  @EnumSource
  void closeEndsAReadOfAnotherThread(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      Blocked<Integer> read = new Blocked<>(() -> pair.client().getInputStream().read());
      read.awaitIn("read");
      pair.client().close();
      assertEquals("Socket closed", read.failure(SocketException.class).getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource
  void closeEndsAWriteOfAnotherThread(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      Blocked<?> write =
          new Blocked<>(
              () -> {
                pair.client().getOutputStream().write(new byte[50_000_000]);
                return null;
              });
      write.awaitIn("write");
      pair.client().close();
      assertEquals("Socket closed", write.failure(SocketException.class).getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClosedSocketSaysSo(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      Socket socket = pair.client();
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      int port = socket.getPort();
      pair.server().shutdownOutput();
      socket.close();
      socket.close();
      assertTrue(socket.isClosed());
      assertTrue(socket.isConnected(), "it was");
      assertTrue(socket.isBound(), "it was");
      assertEquals(port, socket.getPort());
      assertEquals("Socket closed", assertThrows(SocketException.class, in::read).getMessage());
      assertEquals(
          "Socket closed",
          assertThrows(SocketException.class, () -> out.write(HELLO)).getMessage());
      for (Callable<?> call :
          Arrays.<Callable<?>>asList(
              socket::getInputStream,
              socket::getOutputStream,
              socket::getSoTimeout,
              socket::getTcpNoDelay)) {
        assertTrue(
            assertThrows(SocketException.class, call::call)
                .getMessage()
                .toLowerCase()
                .contains("closed"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingAStreamClosesTheSocket(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      OutputStream out = pair.server().getOutputStream();
      pair.server().shutdownOutput();
      pair.client().getInputStream().close();
      assertTrue(pair.client().isClosed());
      assertEquals(-1, pair.server().getInputStream().read());
      out.close();
      assertTrue(pair.server().isClosed());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSocketThatIsNotConnectedSaysSo(Kind kind) throws Exception {
    try (Socket socket = kind.sockets().createSocket()) {
      assertFalse(socket.isConnected());
      assertFalse(socket.isBound());
      assertFalse(socket.isClosed());
      assertNull(socket.getInetAddress());
      assertNull(socket.getRemoteSocketAddress());
      assertEquals(0, socket.getPort());
      assertEquals(-1, socket.getLocalPort());
      assertTrue(socket.toString().endsWith("Socket[unconnected]"), socket::toString);
      for (Callable<?> call :
          Arrays.<Callable<?>>asList(socket::getInputStream, socket::getOutputStream)) {
        assertEquals(
            "Socket is not connected",
            assertThrows(SocketException.class, call::call).getMessage());
      }
      assertEquals(
          "Socket is not connected",
          assertThrows(SocketException.class, socket::shutdownOutput).getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource
  void bindsAndConnectsLater(Kind kind) throws Exception {
    try (ServerSocket listener = kind.listen();
        Socket socket = kind.sockets().createSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertTrue(socket.isBound());
      assertFalse(socket.isConnected());
      int port = socket.getLocalPort();
      try (SocketPair pair =
          SocketPair.accept(
              listener,
              () -> {
                socket.connect(SocketPair.addressOf(listener), 10_000);
                return socket;
              })) {
        assertEquals(port, pair.server().getPort());
        assertThrows(SocketException.class, () -> socket.connect(SocketPair.addressOf(listener)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyWayToMakeOneConnectsIt(Kind kind) throws Exception {
    try (ServerSocket listener = kind.listen()) {
      InetAddress host = listener.getInetAddress();
      int port = listener.getLocalPort();
      for (SocketPair.Dial dial :
          Arrays.<SocketPair.Dial>asList(
              () -> kind.sockets().createSocket(host.getHostAddress(), port),
              () -> kind.sockets().createSocket(host.getHostAddress(), port, host, 0),
              () -> kind.sockets().createSocket(host, port),
              () -> kind.sockets().createSocket(host, port, host, 0))) {
        try (SocketPair pair = SocketPair.accept(listener, dial)) {
          assertTrue(pair.client().isConnected());
        }
      }
    }
  }

  /** All of 127.0.0.0/8 is this machine. */
  @ParameterizedTest
  @EnumSource
  void connectsFromTheAddressItIsTold(Kind kind) throws Exception {
    InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    try (ServerSocket listener = kind.listen();
        SocketPair pair =
            SocketPair.accept(
                listener,
                () ->
                    kind.sockets()
                        .createSocket(
                            listener.getInetAddress(), listener.getLocalPort(), other, 0))) {
      assertEquals(other, pair.client().getLocalAddress());
      assertEquals(other, pair.server().getInetAddress());
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsItsAddresses(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      Socket client = pair.client();
      Socket server = pair.server();
      assertEquals(InetAddress.getLoopbackAddress(), client.getInetAddress());
      assertEquals(InetAddress.getLoopbackAddress(), client.getLocalAddress());
      assertEquals(client.getPort(), server.getLocalPort());
      assertEquals(client.getLocalPort(), server.getPort());
      assertEquals(client.getRemoteSocketAddress(), server.getLocalSocketAddress());
      assertEquals(client.getLocalSocketAddress(), server.getRemoteSocketAddress());
      assertNull(client.getChannel());
      assertTrue(
          client
              .toString()
              .endsWith(
                  "Socket[addr=%s,port=%d,localport=%d]"
                      .formatted(client.getInetAddress(), client.getPort(), client.getLocalPort())),
          client::toString);
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasTheOptionsOfASocket(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      Socket socket = pair.client();
      for (boolean on : new boolean[] {true, false}) {
        socket.setTcpNoDelay(on);
        assertEquals(on, socket.getTcpNoDelay());
        assertEquals(on, socket.getOption(StandardSocketOptions.TCP_NODELAY));
        socket.setKeepAlive(on);
        assertEquals(on, socket.getKeepAlive());
        socket.setReuseAddress(on);
        assertEquals(on, socket.getReuseAddress());
        socket.setOOBInline(on);
        assertEquals(on, socket.getOOBInline());
        socket.setSoLinger(on, 7);
        assertEquals(on ? 7 : -1, socket.getSoLinger());
      }
      socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      assertTrue(socket.getKeepAlive());
      for (int bytes : new int[] {20_000, 10_000}) {
        socket.setSendBufferSize(bytes);
        assertEquals(bytes, socket.getSendBufferSize());
        socket.setReceiveBufferSize(bytes);
        assertEquals(bytes, socket.getReceiveBufferSize());
      }
      socket.setTrafficClass(0x10);
      assertEquals(0x10, socket.getTrafficClass());
      socket.setPerformancePreferences(1, 2, 3);
      try (Socket plain = new Socket()) {
        assertEquals(plain.supportedOptions(), socket.supportedOptions());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void availableSaysWhatAReadWouldFindAtOnce(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      InputStream in = pair.client().getInputStream();
      assertEquals(0, in.available());
      pair.server().getOutputStream().write(HELLO);
      while (in.available() == 0) {
        Thread.onSpinWait();
      }
      assertEquals(HELLO.length, in.available());
      assertEquals('h', in.read());
      assertEquals(HELLO.length - 1, in.available());
      assertArrayEquals("ello".getBytes(US_ASCII), in.readNBytes(4));
      assertEquals(0, in.available());
    }
  }

  @ParameterizedTest
  @EnumSource
  void availableDoesNotWaitForAReadOfAnotherThread(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      InputStream in = pair.client().getInputStream();
      Blocked<Integer> read = new Blocked<>(in::read);
      read.awaitIn("read");
      assertEquals(0, in.available());
      pair.server().getOutputStream().write('x');
      assertEquals('x', read.result());
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsAndWritesOfNothingDoNothing(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      assertEquals(0, pair.client().getInputStream().read(new byte[3], 1, 0));
      pair.client().getOutputStream().write(new byte[3], 1, 0);
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> pair.client().getInputStream().read(new byte[3], 1, 3));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> pair.client().getOutputStream().write(new byte[3], 1, 3));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptLeavesThePlatformThreadsReadAlone(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      InputStream in = pair.client().getInputStream();
      Blocked<Boolean> read =
          new Blocked<>(() -> in.read() == 'x' && Thread.currentThread().isInterrupted());
      read.awaitIn("read");
      read.thread().interrupt();
      pair.server().getOutputStream().write('x');
      assertTrue(read.result(), "it reads, and stays interrupted");
      Blocked<Boolean> before =
          new Blocked<>(
              () -> {
                Thread.currentThread().interrupt();
                pair.client().getOutputStream().write('y');
                return in.read() == 'x' && Thread.currentThread().isInterrupted();
              });
      assertEquals('y', pair.server().getInputStream().read());
      pair.server().getOutputStream().write('x');
      assertTrue(before.result());
      assertFalse(pair.client().isClosed());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptLeavesAReaderAloneThatWaitsForAnother(Kind kind) throws Exception {
    try (SocketPair pair = kind.connect()) {
      InputStream in = pair.client().getInputStream();
      Blocked<Integer> first = new Blocked<>(in::read);
      first.awaitIn("read");
      Blocked<Integer> second = new Blocked<>(in::read);
      second.awaitIn("lock");
      second.thread().interrupt();
      pair.server().getOutputStream().write("xx".getBytes(US_ASCII));
      assertEquals('x', first.result());
      assertEquals('x', second.result());
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobodyListeningIsAConnectException(Kind kind) throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket listener = kind.listen()) {
      nobody = SocketPair.addressOf(listener);
    }
    try (Socket socket = kind.sockets().createSocket()) {
      assertThrows(ConnectException.class, () -> socket.connect(nobody, 10_000));
      assertFalse(socket.isConnected());
      assertThrows(SocketException.class, () -> socket.connect(nobody, 10_000));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHostThatIsNotFoundIsAnUnknownHostException(Kind kind) throws Exception {
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 9);
    try (Socket socket = kind.sockets().createSocket()) {
      assertThrows(UnknownHostException.class, () -> socket.connect(nowhere, 10_000));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerSocketStopsWaitingWhenItsTimeIsUpOrItIsClosed(Kind kind) throws Exception {
    try (ServerSocket listener = kind.listen()) {
      listener.setSoTimeout(5);
      assertThrows(SocketTimeoutException.class, listener::accept);
      listener.setSoTimeout(0);
      Blocked<Socket> accept = new Blocked<>(listener::accept);
      accept.awaitIn("accept");
      listener.close();
      assertEquals("Socket closed", accept.failure(SocketException.class).getMessage());
      assertTrue(listener.isClosed());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyWayToMakeAServerSocketBindsIt(Kind kind) throws Exception {
    for (Callable<ServerSocket> make :
        Arrays.<Callable<ServerSocket>>asList(
            () -> kind.serverSockets().createServerSocket(0),
            () -> kind.serverSockets().createServerSocket(0, 7),
            () -> kind.serverSockets().createServerSocket(0, 7, InetAddress.getLoopbackAddress()),
            () -> {
              ServerSocket unbound = kind.serverSockets().createServerSocket();
              assertFalse(unbound.isBound());
              unbound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
              return unbound;
            })) {
      try (ServerSocket listener = make.call();
          SocketPair pair =
              SocketPair.accept(
                  listener,
                  () ->
                      kind.sockets()
                          .createSocket(
                              InetAddress.getLoopbackAddress(), listener.getLocalPort()))) {
        pair.client().getOutputStream().write(HELLO);
        assertArrayEquals(HELLO, pair.server().getInputStream().readNBytes(HELLO.length));
      }
    }
  }
}
