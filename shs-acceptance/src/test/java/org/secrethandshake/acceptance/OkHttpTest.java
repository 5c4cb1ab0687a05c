package org.secrethandshake.acceptance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.socket.SecretSocket;
import org.secrethandshake.socket.SecretSocketFactory;

/** OkHttp, which knows nothing of secret handshakes, with HTTP servers that do not either. */
@Timeout(60)
class OkHttpTest {
  private static final int LARGE = 4 * 1024 * 1024;

  private final OkHttpClient http =
      client(Peers.CLIENT, Peers.BOB.publicKey())
          .newBuilder()
          .readTimeout(Duration.ofSeconds(40))
          .writeTimeout(Duration.ofSeconds(40))
          .build();

  enum Server {
    JDK_BEHIND_A_RELAY {
      @Override
      HttpEnd start() throws IOException {
        return new HttpEnd.OfTheJdk();
      }
    },
    APACHE_ON_SECRET_SOCKETS {
      @Override
      HttpEnd start() throws IOException {
        return new HttpEnd.OfApache();
      }
    };

    abstract HttpEnd start() throws IOException;
  }

  static OkHttpClient client(SecretHandshake shs, IdentityKey serversKey) {
    return new OkHttpClient.Builder()
        .socketFactory(new SecretSocketFactory(shs, serversKey))
        .build();
  }

  /** Who answered, from an interceptor: an HTTP client does not show its sockets elsewhere. */
  static OkHttpClient noting(OkHttpClient http, List<IdentityKey> servers) {
    return http.newBuilder()
        .addNetworkInterceptor(
            chain -> {
              SecretSocket socket = (SecretSocket) chain.connection().socket();
              servers.add(socket.peer());
              return chain.proceed(chain.request());
            })
        .build();
  }

  @AfterEach
  void closeConnections() {
    http.dispatcher().cancelAll();
    http.connectionPool().evictAll();
  }

  /**
   * Before it sends another body on a connection that is not new, OkHttp reads for 1 ms from it.
   */
  @ParameterizedTest
  @EnumSource
  void manyRequestsUseOneConnection(Server kind) throws Exception {
    try (HttpEnd server = kind.start()) {
      for (int i = 0; i < 20; i++) {
        byte[] body = {(byte) i};
        assertArrayEquals(body, echo(server, body));
      }
      assertEquals(1, server.connections());
    }
  }

  @ParameterizedTest
  @EnumSource
  void largeBodiesGoBothWays(Server kind) throws Exception {
    byte[] body = new byte[LARGE];
    new Random(11).nextBytes(body);
    try (HttpEnd server = kind.start()) {
      assertArrayEquals(body, echo(server, body));
    }
  }

  @ParameterizedTest
  @EnumSource
  void requestsAtTheSameTimeGetTheirOwnAnswers(Server kind) throws Exception {
    try (HttpEnd server = kind.start()) {
      List<Future<byte[]>> answers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        byte[] body = new byte[100_000 + i];
        answers.add(Peers.THREADS.submit(() -> echo(server, body)));
      }
      for (int i = 0; i < 16; i++) {
        assertEquals(100_000 + i, answers.get(i).get().length);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatIsLateIsATimeout(Server kind) throws Exception {
    try (HttpEnd server = kind.start()) {
      OkHttpClient hasty = http.newBuilder().readTimeout(Duration.ofMillis(30)).build();
      Request late = new Request.Builder().url(server.url("/late")).build();
      assertThrows(SocketTimeoutException.class, () -> bodyOf(hasty.newCall(late)));
      assertArrayEquals(new byte[] {7}, echo(server, new byte[] {7}));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCancelEndsACallInTheMiddleOnBothSides(Server kind) throws Exception {
    try (HttpEnd server = kind.start()) {
      Call call = http.newCall(new Request.Builder().url(server.url("/endless")).build());
      try (Response response = call.execute()) {
        response.body().byteStream().readNBytes(1_000_000);
        Future<?> read =
            Peers.THREADS.submit(
                () -> assertThrows(IOException.class, () -> response.body().bytes()));
        call.cancel();
        read.get();
      }
      server.awaitEndOfEndless();
    }
  }

  @ParameterizedTest
  @EnumSource
  void itIsKnownWhoAnswered(Server kind) throws Exception {
    List<IdentityKey> servers = new ArrayList<>();
    try (HttpEnd server = kind.start()) {
      Request request = new Request.Builder().url(server.url("/echo")).build();
      noting(http, servers).newCall(request).execute().close();
    }
    assertEquals(List.of(Peers.BOB.publicKey()), servers);
  }

  @ParameterizedTest
  @EnumSource
  void anotherServerKeyIsNotServed(Server kind) throws Exception {
    OkHttpClient toAlice = client(Peers.CLIENT, Peers.ALICE.publicKey());
    try (HttpEnd server = kind.start()) {
      Request request = new Request.Builder().url(server.url("/echo")).build();
      HandshakeException refused =
          assertInstanceOf(
              HandshakeException.class,
              assertThrows(IOException.class, () -> toAlice.newCall(request).execute()));
      assertEquals(HandshakeException.Reason.CLOSED_BY_PEER, refused.reason());
      assertEquals(0, server.connections());
    }
  }

  @Test
  void aServerThatSaysNothingIsAConnectTimeout() throws Exception {
    OkHttpClient hasty = http.newBuilder().connectTimeout(Duration.ofMillis(30)).build();
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Request request =
          new Request.Builder().url("http://127.0.0.1:" + silent.getLocalPort() + "/").build();
      assertThrows(SocketTimeoutException.class, () -> hasty.newCall(request).execute());
    }
  }

  /** Over plain TCP whoever cuts the line can make a part of such an answer look like the whole. */
  @Test
  void anAnswerThatEndsWithItsConnectionIsWholeOnlyAfterAGoodbye() throws Exception {
    assertEquals("part", answerWithoutLength(channel -> {}));
    BoxStreamException cut =
        assertInstanceOf(
            BoxStreamException.class,
            assertThrows(
                IOException.class,
                () ->
                    answerWithoutLength(
                        channel -> {
                          throw new IOException("the line is cut");
                        })));
    assertEquals(BoxStreamException.Reason.TRUNCATED, cut.reason());
  }

  private String answerWithoutLength(SecretServer.Handler end) throws IOException {
    try (SecretServer server =
            SecretServer.builder(Peers.SERVER)
                .authorizer(Authorizer.anyone())
                .handler(
                    channel -> {
                      channel.read(ByteBuffer.allocate(10_000));
                      channel.write(
                          StandardCharsets.US_ASCII.encode("HTTP/1.1 200 OK\r\n\r\npart"));
                      end.handle(channel);
                    })
                .start(Peers.anyPort());
        Response response =
            http.newCall(
                    new Request.Builder()
                        .url("http://127.0.0.1:" + server.localAddress().getPort() + "/")
                        .build())
                .execute()) {
      return response.body().string();
    }
  }

  private byte[] echo(HttpEnd server, byte[] body) throws IOException {
    Request request =
        new Request.Builder().url(server.url("/echo")).post(RequestBody.create(body)).build();
    return bodyOf(http.newCall(request));
  }

  private static byte[] bodyOf(Call call) throws IOException {
    try (Response response = call.execute()) {
      assertTrue(response.isSuccessful(), response::toString);
      return response.body().bytes();
    }
  }
}
