package org.secrethandshake.examples;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.identity.MultiserverAddress;

/**
 * Asks a Scuttlebutt server who it is: one request of muxrpc, as {@code secret-stack} speaks it,
 * over a secret channel.
 */
public final class WhoAmI {
  private static final int OUR_REQUEST = 1;

  private WhoAmI() {}

  /** Asks the peer for its id, and takes leave of it. */
  public static String ask(SecretChannel channel) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(channel.inputStream()));
    MuxrpcPacket.of(0, OUR_REQUEST, whoAmI()).write(channel);
    String id = id(response(in));
    MuxrpcPacket.GOODBYE.write(channel);
    while (!MuxrpcPacket.read(in).isGoodbye()) {
      // What the peer has sent before it learned of our goodbye.
    }
    return id;
  }

  private static JsonObject whoAmI() {
    JsonArray name = new JsonArray();
    name.add("whoami");
    JsonObject request = new JsonObject();
    request.add("name", name);
    request.add("args", new JsonArray());
    request.addProperty("type", "async");
    return request;
  }

  /** The peer may have requests of its own, which we leave without an answer. */
  private static JsonObject response(DataInputStream in) throws IOException {
    MuxrpcPacket packet = MuxrpcPacket.read(in);
    while (packet.request() != -OUR_REQUEST) {
      if (packet.isGoodbye()) {
        throw new IOException("the peer said goodbye and not who it is");
      }
      packet = MuxrpcPacket.read(in);
    }
    if (packet.has(MuxrpcPacket.END)) {
      throw new IOException("the peer does not say who it is: " + packet.json().get("message"));
    }
    return packet.json();
  }

  private static String id(JsonObject response) throws IOException {
    JsonElement id = response.get("id");
    if (id == null || !id.isJsonPrimitive()) {
      throw new IOException("the peer's response has no id");
    }
    return id.getAsString();
  }

  /** Asks the server at an address, an invite or an {@code ssb:} URI. */
  public static void main(String[] args) throws Exception {
    try (IdentityKeyPair own = IdentityKeyPair.generate(CryptoProviders.onlyInstalled());
        SecretHandshake shs =
            SecretHandshake.builder().network(NetworkKey.SCUTTLEBUTT).identity(own).build();
        SecretChannel channel = shs.connect(MultiserverAddress.parse(args[0]))) {
      System.out.println(ask(channel));
    }
  }
}
