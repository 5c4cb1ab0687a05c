package org.secrethandshake.examples;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.identity.MultiserverAddress;

/**
 * A server that answers requests: each with the same text in capital letters. A text goes over the
 * channel as its length in two bytes and its characters.
 */
public final class RequestServer {
  private RequestServer() {}

  /** The server's handler: answers until the client's goodbye. */
  static void respond(SecretChannel channel) throws IOException {
    DataInputStream in = new DataInputStream(channel.inputStream());
    DataOutputStream out = new DataOutputStream(channel.outputStream());
    try {
      while (true) {
        out.writeUTF(in.readUTF().toUpperCase(Locale.ROOT));
      }
    } catch (EOFException e) {
      // The client's goodbye. A channel that was cut would have been another exception.
    }
  }

  /** Serves at a port, with the identity in a key file, so that it can be started again. */
  public static void main(String[] args) throws Exception {
    try (IdentityKeyPair own =
            KeysOnDisk.identity(Path.of(args[0]), CryptoProviders.onlyInstalled());
        SecretHandshake shs =
            SecretHandshake.builder().network(NetworkKey.SCUTTLEBUTT).identity(own).build();
        SecretServer server =
            SecretServer.builder(shs)
                .authorizer(Authorizer.anyone())
                .handler(RequestServer::respond)
                .start(
                    new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])))) {
      int port = server.localAddress().getPort();
      System.out.println(MultiserverAddress.of("127.0.0.1", port, own.publicKey()));
      Thread.currentThread().join();
    }
  }
}
