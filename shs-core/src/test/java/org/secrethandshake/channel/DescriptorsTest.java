package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.handshake.ServerKey;

/** A server in a process with few descriptors, of which strangers take all. */
class DescriptorsTest {
  private static final int DESCRIPTORS = 64;
  private static final int STRANGERS = 150;

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no ulimit")
  void acceptsAgainOnceThereAreDescriptors() throws Exception {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n " + DESCRIPTORS + "; exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<SocketChannel> strangers = new ArrayList<>();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      int port = Integer.parseInt(output.readLine());
      byte[] key = HexFormat.of().parseHex(output.readLine());
      InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
      ServerKey server = Peers.CLIENT.serverKey(IdentityKey.of(key));
      for (int i = 0; i < STRANGERS; i++) {
        strangers.add(SocketChannel.open(address));
      }
      // Those beyond the limit wait in the backlog, and an honest client beside them is served.
      assertEchoesSoon(address, server);
      for (SocketChannel stranger : strangers) {
        stranger.close();
      }
      assertEchoesSoon(address, server);
      assertTrue(process.isAlive());
    } finally {
      for (SocketChannel stranger : strangers) {
        stranger.close();
      }
      process.destroyForcibly().waitFor();
    }
  }

  private static void assertEchoesSoon(InetSocketAddress address, ServerKey server)
      throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try (SecretChannel channel = Peers.CLIENT.connect(SocketChannel.open(address), server)) {
        channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        channel.shutdownOutput();
        assertEquals(3, channel.inputStream().readAllBytes().length);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  /** An echo server that says where it is. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws Exception {
      SecretServer server =
          SecretServer.builder(Peers.side(Peers.BOB, Duration.ofSeconds(5)))
              .authorizer(Authorizer.anyone())
              .handler(channel -> channel.inputStream().transferTo(channel.outputStream()))
              .start(new InetSocketAddress("127.0.0.1", 0));
      System.out.println(server.localAddress().getPort());
      System.out.println(HexFormat.of().formatHex(Peers.BOB.publicKey().bytes()));
      new CountDownLatch(1).await();
    }
  }
}
