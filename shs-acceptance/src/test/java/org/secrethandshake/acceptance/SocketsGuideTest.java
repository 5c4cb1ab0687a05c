package org.secrethandshake.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.socket.SecretServerSocketFactory;
import org.secrethandshake.socket.SecretSocket;
import org.secrethandshake.socket.SecretSocketFactory;

/** The samples of {@code docs/sockets.md} are code of these tests. */
@Timeout(20)
class SocketsGuideTest {
  private static final Pattern SAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  static SecretSocketFactory toFriends(SecretHandshake shs, Map<String, IdentityKey> friends) {
    Map<String, ServerKey> keys = new HashMap<>();
    friends.forEach((host, key) -> keys.put(host, shs.serverKey(key)));
    return new SecretSocketFactory(
        shs,
        address -> {
          ServerKey key = keys.get(address.getHostString());
          if (key == null) {
            throw new UnknownHostException("no key is known for " + address.getHostString());
          }
          return key;
        });
  }

  @Test
  void everySampleIsCompiled() throws IOException {
    String sources = withoutLayout(sources());
    String guide = Files.readString(Path.of("../docs/sockets.md"));
    List<String> samples = SAMPLE.matcher(guide).results().map(SocketsGuideTest::code).toList();
    assertFalse(samples.isEmpty());
    for (String sample : samples) {
      assertTrue(sources.contains(withoutLayout(sample)), sample);
    }
  }

  private static String code(MatchResult sample) {
    return sample.group(1);
  }

  private static String withoutLayout(String code) {
    return code.replaceAll("\\s+", "");
  }

  private static String sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(Files::isRegularFile)
          .map(SocketsGuideTest::text)
          .collect(Collectors.joining());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void friendsAreKnownByTheirNames() throws Exception {
    SecretSocketFactory sockets =
        toFriends(Peers.CLIENT, Map.of("localhost", Peers.BOB.publicKey()));
    try (ServerSocket listener =
        new SecretServerSocketFactory(Peers.SERVER, Authorizer.anyone())
            .createServerSocket(0, 1, Peers.anyPort().getAddress())) {
      Future<Integer> read =
          Peers.THREADS.submit(
              () -> {
                try (Socket socket = listener.accept()) {
                  return socket.getInputStream().read();
                }
              });
      try (SecretSocket socket = sockets.createSocket("localhost", listener.getLocalPort())) {
        socket.getOutputStream().write('x');
        socket.shutdownOutput();
        assertEquals('x', read.get());
      }
      assertThrows(
          UnknownHostException.class,
          () -> sockets.createSocket("127.0.0.1", listener.getLocalPort()));
    }
  }
}
