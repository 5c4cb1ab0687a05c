package org.secrethandshake.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.secrethandshake.channel.SecretChannel;

/**
 * A packet of muxrpc: a header (flags in 1 byte, length of the body in 4, number of the request in
 * 4) and the body, which is text here. A response has the request's number negated. A header of
 * zeros is the goodbye.
 */
record MuxrpcPacket(int flags, int request, String body) {
  static final int STREAM = 0b1000;

  /** In a response that is no stream: an error. */
  static final int END = 0b0100;

  static final MuxrpcPacket GOODBYE = new MuxrpcPacket(0, 0, "");

  private static final int JSON = 0b0010;
  private static final int HEADER_BYTES = 1 + Integer.BYTES + Integer.BYTES;
  private static final int MAX_BODY_BYTES = 64 * 1024;

  static MuxrpcPacket of(int flags, int request, JsonObject body) {
    return new MuxrpcPacket(flags | JSON, request, body.toString());
  }

  static MuxrpcPacket read(DataInputStream in) throws IOException {
    int flags = in.readUnsignedByte();
    int length = in.readInt();
    int request = in.readInt();
    if (length < 0 || length > MAX_BODY_BYTES) {
      throw new IOException("the peer announced a body of more than " + MAX_BODY_BYTES + " bytes");
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return new MuxrpcPacket(flags, request, new String(body, UTF_8));
  }

  void write(SecretChannel channel) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + bytes.length);
    packet.put((byte) flags).putInt(bytes.length).putInt(request).put(bytes);
    channel.write(packet.flip());
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  boolean isGoodbye() {
    return flags == 0 && request == 0 && body.isEmpty();
  }

  JsonObject json() throws IOException {
    try {
      JsonElement json = JsonParser.parseString(body);
      return json.getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException("the peer sent what is not a JSON object", e);
    }
  }
}
