package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two honest peers with somebody between them who alters, drops, repeats, inserts and crosses
 * bytes, and cuts. What a peer hears is the beginning of what the other has said, and it believes
 * to have heard all of it just when it has.
 */
class SessionFuzzTest {
  private static final int LONGEST = 5000;

  /** How a peer may end to whose direction something was done. */
  private static final Set<String> FAILURES =
      Set.of(
          Peer.CUT,
          "WRONG_NETWORK",
          "BAD_CLIENT_AUTH",
          "BAD_SERVER_ACCEPT",
          "REFLECTED",
          "BAD_HEADER",
          "BAD_BODY",
          "TRUNCATED");

  static Stream<byte[]> seeds() {
    byte[] lengths = {(byte) 0xff, 0, 20, 0x11, 0};
    Stream<byte[]> honest =
        Stream.of(new byte[0], Input.concat(lengths, Wire.honest(), Wire.honest()));
    Stream<byte[]> altered =
        IntStream.of(0, 63, 64, 175, 176, 210)
            .boxed()
            .flatMap(
                offset ->
                    Stream.of(
                        Input.concat(lengths, Wire.altering(offset, 1), Wire.honest()),
                        Input.concat(lengths, Wire.honest(), Wire.altering(offset, 0x80))));
    Stream<byte[]> reflected =
        Stream.of(Input.concat(lengths, Wire.honest(), Wire.crossing(0, 64)));
    return Stream.of(honest, altered, reflected).flatMap(seeds -> seeds);
  }

  @MethodSource("seeds")
  @FuzzTest
  void isHeardAsItWasSaidOrNotToItsEnd(byte[] bytes) {
    Input input = new Input(bytes);
    int pieceBytes = 1 + input.upTo(0xff);
    byte[] clientSays = saying(input.upTo(LONGEST), 'c');
    byte[] serverSays = saying(input.upTo(LONGEST), 's');
    Wire toServer = Wire.of(input);
    Wire toClient = Wire.of(input);
    Wire.connect(toServer, toClient);
    try (Peer client = new Peer(Cast.client(), clientSays, toServer, toClient, pieceBytes);
        Peer server = new Peer(Cast.server(), serverSays, toClient, toServer, pieceBytes)) {
      while (client.advance() | server.advance()) {
        // Until neither has anything to do.
      }
      client.end();
      server.end();

      check(client, server, serverSays, toClient);
      check(server, client, clientSays, toServer);
      if (client.hasTalked()) {
        assertBegins(Cast.HONEST.serverHello(), toClient.arrived());
        assertTrue(server.hasTalked(), "nobody else can make a serverAccept");
      }
      if (server.hasTalked()) {
        assertBegins(
            Input.concat(Cast.HONEST.clientHello(), Cast.HONEST.clientAuthenticate()),
            toServer.arrived());
      }
    }
  }

  private static void check(Peer hearing, Peer saying, byte[] said, Wire wire) {
    byte[] heard = hearing.heard();
    assertBegins(heard, said);
    assertTrue(heard.length == 0 || saying.hasTalked());
    boolean whole = saying.hasTalked() && begins(wire.sent(), wire.arrived());
    if (hearing.outcome().equals(Peer.CLEAN)) {
      assertTrue(whole, "a peer took a goodbye for one that did not come");
      assertArrayEquals(said, heard);
    } else {
      assertTrue(FAILURES.contains(hearing.outcome()), hearing.outcome());
      assertTrue(!whole, () -> "all came, but the outcome was " + hearing.outcome());
    }
  }

  private static void assertBegins(byte[] beginning, byte[] whole) {
    assertEquals(-1, firstDifference(beginning, whole));
  }

  private static boolean begins(byte[] beginning, byte[] whole) {
    return firstDifference(beginning, whole) < 0;
  }

  private static int firstDifference(byte[] beginning, byte[] whole) {
    int difference = Arrays.mismatch(beginning, whole);
    return difference == beginning.length ? -1 : difference;
  }

  private static byte[] saying(int length, int first) {
    byte[] said = new byte[length];
    for (int i = 0; i < length; i++) {
      said[i] = (byte) (first + i);
    }
    return said;
  }
}
