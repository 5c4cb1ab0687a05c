package org.secrethandshake.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.identity.MultiserverAddress;

/**
 * A chat: whatever line somebody sends reaches everybody, with the key of who sent it. Each member
 * has a thread that waits for its lines. On Java 21 and newer the server makes these virtual
 * threads by itself, so thousands of members cost little; on 17 they are a pool's.
 */
public final class Chat {
  private static final int MAX_LINE_BYTES = 1000;

  private final Set<SecretChannel> members = ConcurrentHashMap.newKeySet();

  /** The server's handler: joins the chat and stays until the member's goodbye. */
  void join(SecretChannel member) throws IOException {
    members.add(member);
    try {
      tell(member.peer() + " is here");
      InputStream in = member.inputStream();
      for (String line = line(in); line != null; line = line(in)) {
        tell(member.peer() + ": " + line);
      }
    } finally {
      members.remove(member);
      tell(member.peer() + " has left");
    }
  }

  /** Who is gone, or did not read for the write timeout, hears no more. */
  private void tell(String line) {
    members.removeIf(member -> !hears(member, line + "\n"));
  }

  private static boolean hears(SecretChannel member, String line) {
    try {
      member.write(ByteBuffer.wrap(line.getBytes(UTF_8)));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the next line, or null behind the last. Nobody may send one without an end. */
  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (line.size() == MAX_LINE_BYTES) {
        throw new IOException("a line has more than " + MAX_LINE_BYTES + " bytes");
      }
      line.write(b);
    }
    return line.toString(UTF_8);
  }

  /** Serves at a port. Chat with: shs connect ADDRESS. */
  public static void main(String[] args) throws Exception {
    try (IdentityKeyPair own = IdentityKeyPair.generate(CryptoProviders.onlyInstalled());
        SecretHandshake shs =
            SecretHandshake.builder()
                .network(NetworkKey.SCUTTLEBUTT)
                .identity(own)
                .writeTimeout(Duration.ofSeconds(2))
                .build();
        SecretServer server =
            SecretServer.builder(shs)
                .authorizer(Authorizer.anyone())
                .handler(new Chat()::join)
                .start(
                    new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])))) {
      int port = server.localAddress().getPort();
      System.out.println(MultiserverAddress.of("127.0.0.1", port, own.publicKey()));
      Thread.currentThread().join();
    }
  }
}
