package org.secrethandshake.examples;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.identity.MultiserverAddress;

/** A Scuttlebutt server that can be asked who it is, and nothing else. */
public final class WhoAmIServer {
  private final IdentityKey own;

  public WhoAmIServer(IdentityKey own) {
    this.own = own;
  }

  /** The server's handler: answers the peer's requests until it says goodbye. */
  public void answer(SecretChannel channel) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(channel.inputStream()));
    MuxrpcPacket packet = MuxrpcPacket.read(in);
    while (!packet.isGoodbye()) {
      if (packet.request() > 0 && !packet.has(MuxrpcPacket.END)) {
        response(packet).write(channel);
      }
      packet = MuxrpcPacket.read(in);
    }
    MuxrpcPacket.GOODBYE.write(channel);
  }

  private MuxrpcPacket response(MuxrpcPacket request) throws IOException {
    JsonElement name = request.json().get("name");
    JsonObject body = new JsonObject();
    if (!request.has(MuxrpcPacket.STREAM) && String.valueOf(name).equals("[\"whoami\"]")) {
      body.addProperty("id", own.toString());
      return MuxrpcPacket.of(0, -request.request(), body);
    }
    body.addProperty("name", "Error");
    body.addProperty("message", "no such method: " + name);
    int flags = (request.flags() & MuxrpcPacket.STREAM) | MuxrpcPacket.END;
    return MuxrpcPacket.of(flags, -request.request(), body);
  }

  /** Serves at a port. */
  public static void main(String[] args) throws Exception {
    try (IdentityKeyPair own = IdentityKeyPair.generate(CryptoProviders.onlyInstalled());
        SecretHandshake shs =
            SecretHandshake.builder().network(NetworkKey.SCUTTLEBUTT).identity(own).build();
        SecretServer server =
            SecretServer.builder(shs)
                .authorizer(Authorizer.anyone())
                .handler(new WhoAmIServer(own.publicKey())::answer)
                .start(
                    new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])))) {
      int port = server.localAddress().getPort();
      System.out.println(MultiserverAddress.of("127.0.0.1", port, own.publicKey()));
      Thread.currentThread().join();
    }
  }
}
