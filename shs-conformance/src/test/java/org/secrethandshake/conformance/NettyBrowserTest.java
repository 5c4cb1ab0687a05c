package org.secrethandshake.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.netty.SecretHandshakeHandler;
import org.secrethandshake.netty.WebSocketByteStream;
import org.secrethandshake.spi.CryptoProvider;

/** The reference in a page of a real browser dials a server in Netty through {@code ws~shs}. */
class NettyBrowserTest {
  private static final int BYTES = 100_000;

  @TempDir Path folder;

  @BeforeEach
  void needsTheBrowser() {
    Requirement.CHROMIUM.orSkip("the reference in a browser against a server in Netty");
  }

  /** The page compares what comes back, and says how many bytes were right before its goodbye. */
  @BackendTest
  void aPageGetsBackWhatItSends(CryptoProvider crypto) throws Exception {
    try (SecretHandshake shs = Peers.ours(crypto);
        NettyEnd ours = new NettyEnd()) {
      int port =
          ours.listen(
              NettyBrowserTest::webSocket,
              () -> SecretHandshakeHandler.server(shs, Authorizer.anyone()),
              NettyEnd.Use.ECHO);
      Process browser = open(page(crypto, port));
      try {
        byte[] received = ours.received();
        assertArrayEquals(Pattern.bytes(BYTES), Arrays.copyOf(received, BYTES));
        assertEquals(
            Integer.toString(BYTES), new String(received, BYTES, received.length - BYTES, UTF_8));
      } finally {
        end(browser);
      }
    }
  }

  private static List<ChannelHandler> webSocket() {
    return List.of(
        new HttpServerCodec(),
        new HttpObjectAggregator(8192),
        new WebSocketServerProtocolHandler("/"),
        new WebSocketByteStream());
  }

  private static String page(CryptoProvider crypto, int port) {
    IdentityKey key = IdentityKey.of(HexFormat.of().parseHex(Peers.ourKey(crypto)));
    String address = "ws://%s:%d~shs:%s".formatted(Peers.LOCALHOST, port, key.toBase64());
    return "%s?address=%s&network=%s&bytes=%d"
        .formatted(
            Project.INTEROP.resolve("browser/page.html").toUri(),
            URLEncoder.encode(address, UTF_8),
            HexFormat.of().formatHex(NetworkKey.SCUTTLEBUTT.exportBytes()),
            BYTES);
  }

  private Process open(String page) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + folder.resolve("profile"),
            // Keeps the browser running until it is ended.
            "--remote-debugging-port=0",
            page);
    builder.environment().put("TMPDIR", folder.toString());
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Ends the browser and all that it started, so that nothing writes into its folder any more. */
  private static void end(Process browser) throws Exception {
    List<ProcessHandle> all =
        Stream.concat(browser.descendants(), Stream.of(browser.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : all) {
      process.onExit().get();
    }
  }
}
