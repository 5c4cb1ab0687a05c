package org.secrethandshake.cli;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells a handshake while it happens: each message as it leaves, and what is known from it as soon
 * as its receiver has verified it. Thread-safe: both sides report to it.
 */
final class DemoTranscript {
  private static final int SHOWN_BYTES = 8;
  private static final String INDENT = "       ";

  /** One message: its name in the protocol guide, its sender, and what is known afterwards. */
  private record Message(String name, boolean fromClient, List<String> known) {}

  private static final List<Message> MESSAGES =
      List.of(
          new Message(
              "clientHello",
              true,
              List.of(
                  "A fresh one-time key, authenticated with the network key.",
                  "Server knows: the client belongs to the network, but not yet who it is.")),
          new Message(
              "serverHello",
              false,
              List.of(
                  "The same in return. Both derive a first secret from the one-time keys.",
                  "Client knows: the server belongs to it as well. No identity was shown yet.")),
          new Message(
              "clientAuthenticate",
              true,
              List.of(
                  "The client's identity and signature, in a box that only the owner of the",
                  "dialled key can open.",
                  "Server knows: who the client is, and that it meant to reach this server.")),
          new Message(
              "serverAccept",
              false,
              List.of(
                  "The server's signature over all of that: it accepts the client.",
                  "Client knows: this is the server it dialled. Both are authenticated.")));

  private final PrintStream out;
  private final Style style;
  private int sent;
  private int told;

  DemoTranscript(PrintStream out, Style style) {
    this.out = out;
    this.style = style;
  }

  /** A side is about to send a message; what comes after the fourth is the box stream. */
  synchronized void sending(boolean fromClient, ByteBuffer bytes) {
    if (sent == MESSAGES.size()) {
      return;
    }
    verified();
    Message message = MESSAGES.get(sent);
    if (message.fromClient != fromClient) {
      throw new IllegalStateException(message.name + " came from the wrong side");
    }
    sent++;
    out.printf(
        "  %d  %s  %3d bytes  %s  %s%n",
        sent,
        style.strong("%-18s".formatted(message.name)),
        bytes.remaining(),
        arrow(fromClient),
        style.faint(beginning(bytes)));
  }

  /** The receiver of the last message has verified it: so it answered, or asked its authorizer. */
  synchronized void verified() {
    if (told < sent) {
      MESSAGES.get(told).known.forEach(line -> out.println(INDENT + line));
      told++;
    }
  }

  private String arrow(boolean fromClient) {
    String line = style.hasDrawings() ? "──" : "--";
    String right = style.hasDrawings() ? "▶" : ">";
    String left = style.hasDrawings() ? "◀" : "<";
    return style.client("client")
        + (fromClient ? " " + line + right + " " : " " + left + line + " ")
        + style.server("server");
  }

  /** The first bytes as they stand on the wire, where anyone can see them. */
  private static String beginning(ByteBuffer bytes) {
    byte[] first = new byte[Math.min(SHOWN_BYTES, bytes.remaining())];
    bytes.duplicate().get(first);
    return HexFormat.of().formatHex(first) + "...";
  }
}
