package org.secrethandshake.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * What Scuttlebutt's own libraries take a text for, as a multiserver address each; {@code null}
 * where it is not that.
 *
 * @param uri of ssb-uri2
 * @param invite of ssb-ref, with which ssb-invite reads invites
 * @param address of ssb-ref
 */
record SsbAddresses(String uri, String invite, String address) {
  private static final Gson GSON = new Gson();

  /** Asks about all texts at once, in their order. */
  static List<SsbAddresses> of(List<String> texts) throws IOException {
    try (NodeProgram node = NodeProgram.start(Map.of(), List.of("ssb-addresses.js"))) {
      Thread writer = new Thread(() -> write(texts, node));
      writer.start();
      List<SsbAddresses> read =
          new String(node.process().getInputStream().readAllBytes(), UTF_8)
              .lines()
              .map(line -> GSON.fromJson(line, SsbAddresses.class))
              .toList();
      if (read.size() != texts.size()) {
        throw new AssertionError(read.size() + " answers. " + node.errors());
      }
      return read;
    }
  }

  private static void write(List<String> texts, NodeProgram node) {
    try (OutputStream out = node.process().getOutputStream()) {
      for (String text : texts) {
        out.write((GSON.toJson(text) + "\n").getBytes(UTF_8));
      }
    } catch (IOException e) {
      // The process is gone, and the answers are too few.
    }
  }
}
