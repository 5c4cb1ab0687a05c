package org.secrethandshake.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretServer;

/** Our client and our server; secret-stack as the other side is tried in shs-conformance. */
class WhoAmITest {
  private static final int HEADER_BYTES = 9;

  @Test
  void asksAServerForItsId() throws IOException {
    try (Served server = Served.withIdentity(WhoAmITest::whoAmIServer);
        SecretChannel channel = server.dial()) {
      assertEquals(server.own().publicKey().toString(), WhoAmI.ask(channel));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':['manifest'],'args':[]} | 0 | 4",
        "{'name':['whoami','x'],'args':[]} | 0 | 4",
        "{'name':'whoami','args':[]} | 0 | 4",
        "{'args':[]} | 0 | 4",
        "{'name':['whoami'],'args':[],'type':'source'} | 8 | 12",
      })
  void answersAnErrorToWhatItDoesNotKnow(String request, int flags, int answered)
      throws IOException {
    try (Served server = Served.withIdentity(WhoAmITest::whoAmIServer);
        SecretChannel channel = server.dial()) {
      JsonObject body = JsonParser.parseString(request.replace('\'', '"')).getAsJsonObject();
      MuxrpcPacket.of(flags, 7, body).write(channel);
      MuxrpcPacket response = MuxrpcPacket.read(new DataInputStream(channel.inputStream()));
      assertEquals(-7, response.request());
      assertEquals(answered | 2, response.flags());
      assertEquals(
          "no such method: " + body.get("name"), response.json().get("message").getAsString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6 | {'message':'not you'} | the peer does not say who it is: \"not you\"",
        "2 | {} | the peer's response has no id",
        "2 | {'id':[]} | the peer's response has no id",
        "2 | [] | the peer sent what is not a JSON object",
        "2 | { | the peer sent what is not a JSON object",
      })
  void saysWhyThereIsNoId(int flags, String body, String why) throws IOException {
    byte[] bytes = body.replace('\'', '"').getBytes(UTF_8);
    ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + bytes.length);
    packet.put((byte) flags).putInt(bytes.length).putInt(-1).put(bytes).flip();
    assertEquals(why, refusalOf(channel -> channel.write(packet)));
  }

  @Test
  void takesAGoodbyeForNoAnswer() throws IOException {
    assertEquals(
        "the peer said goodbye and not who it is",
        refusalOf(channel -> MuxrpcPacket.GOODBYE.write(channel)));
  }

  @Test
  void readsNoBodyThatWouldFillItsMemory() throws IOException {
    for (int length : new int[] {64 * 1024 + 1, Integer.MAX_VALUE, -1}) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
      header.put((byte) 2).putInt(length).putInt(-1).flip();
      assertEquals(
          "the peer announced a body of more than 65536 bytes",
          refusalOf(channel -> channel.write(header)));
    }
  }

  private static SecretServer.Handler whoAmIServer(IdentityKeyPair own) {
    return new WhoAmIServer(own.publicKey())::answer;
  }

  private static String refusalOf(SecretServer.Handler server) throws IOException {
    try (Served served = Served.by(server);
        SecretChannel channel = served.dial()) {
      String message = assertThrows(IOException.class, () -> WhoAmI.ask(channel)).getMessage();
      assertTrue(message.length() < 100, message);
      return message;
    }
  }
}
