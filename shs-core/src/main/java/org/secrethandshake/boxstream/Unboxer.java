package org.secrethandshake.boxstream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.BoxStreamException.Reason;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.SecretBox;

/**
 * The receiving direction of a box stream: packets in, plaintext out (protocol guide, "Box
 * stream").
 *
 * <p>Only authentic bytes are ever delivered, in order and without a gap. The stream ends with a
 * goodbye and with nothing else: a bare end of input is an error, so a cut is never mistaken for an
 * end. The first error is sticky and wipes the key. Nothing is allocated per packet.
 *
 * <p>Input may come in pieces of any size. Not thread-safe: one thread at a time. Whoever holds an
 * unboxer closes it, which wipes its key.
 *
 * <pre>{@code
 * switch (unboxer.unbox(received, plaintext)) {
 *   case BODY -> consume(plaintext.flip());
 *   case NEED_INPUT -> readMore(received.clear());
 *   case NEED_SPACE -> plaintext.clear();
 *   case GOODBYE -> finish();
 * }
 * }</pre>
 */
public final class Unboxer implements AutoCloseable {
  /** The longest body that the protocol guide allows, and the limit unless another is asked for. */
  public static final int MAX_BODY_BYTES = Packet.MAX_BODY_BYTES;

  /** The longest body that a header can announce, which the JavaScript reference receives. */
  public static final int MAX_ANNOUNCED_BYTES = Packet.MAX_ANNOUNCED_BYTES;

  /** A packet that needs no borrowed array. */
  private static final int SMALL_PACKET_BYTES = 128;

  /** The outcome of a call of {@link #unbox}. */
  public enum Result {
    /** All input is taken and no body is complete: call again with more. */
    NEED_INPUT,
    /** A body waits, but the destination has no room at all: call again with some. */
    NEED_SPACE,
    /** Bytes of a body were delivered. What found no room is delivered by the next call. */
    BODY,
    /** The peer said goodbye. Input after it is left alone. */
    GOODBYE
  }

  private enum State {
    HEADER,
    BODY,
    DELIVERY,
    ENDED
  }

  private final CryptoProvider crypto;
  private final SecretBox box;
  private final Nonce nonce;
  private final int maxBodyBytes;
  private final byte[] smallPacket = new byte[SMALL_PACKET_BYTES];
  private byte[] packet = smallPacket;
  private int used;
  private State state = State.HEADER;
  private int filled;
  private int wanted = Packet.HEADER_BYTES;
  private int delivered;
  private @Nullable BoxStreamException failure;
  private boolean closed;

  /** Creates the receiving direction with the limit {@link #MAX_BODY_BYTES}. */
  public Unboxer(CryptoProvider crypto, byte[] key, byte[] nonce) {
    this(crypto, key, nonce, MAX_BODY_BYTES);
  }

  /**
   * Creates the receiving direction.
   *
   * @param key {@link SecretBox#KEY_BYTES} bytes, copied
   * @param nonce the first nonce, {@link SecretBox#NONCE_BYTES} bytes, copied
   * @param maxBodyBytes the longest body to receive, {@link #MAX_BODY_BYTES} to {@link
   *     #MAX_ANNOUNCED_BYTES}
   * @throws CryptoProviderException if the backend breaks
   */
  public Unboxer(CryptoProvider crypto, byte[] key, byte[] nonce, int maxBodyBytes) {
    if (maxBodyBytes < MAX_BODY_BYTES || maxBodyBytes > MAX_ANNOUNCED_BYTES) {
      throw new IllegalArgumentException(
          "the longest body to receive must be %d to %d bytes, but is %d"
              .formatted(MAX_BODY_BYTES, MAX_ANNOUNCED_BYTES, maxBodyBytes));
    }
    this.nonce = new Nonce(nonce);
    this.maxBodyBytes = maxBodyBytes;
    this.crypto = crypto;
    this.box = Packet.secretBox(crypto, key);
  }

  /**
   * Takes input until a body can be delivered or the input is used up. At most one body is
   * delivered per call.
   *
   * @throws BoxStreamException if a packet is not authentic or too long; thrown again by every
   *     later call
   * @throws IllegalStateException if this unboxer is closed
   * @throws CryptoProviderException if the backend breaks; this unboxer is closed then
   */
  public Result unbox(ByteBuffer src, ByteBuffer dst) throws BoxStreamException {
    requireUsable();
    while (true) {
      switch (state) {
        case HEADER -> {
          if (!fill(src)) {
            restBetweenPackets();
            return Result.NEED_INPUT;
          }
          openHeader();
        }
        case BODY -> {
          if (!fill(src)) {
            return Result.NEED_INPUT;
          }
          openBody();
        }
        case DELIVERY -> {
          return deliver(dst) ? Result.BODY : Result.NEED_SPACE;
        }
        case ENDED -> {
          return Result.GOODBYE;
        }
      }
    }
  }

  /**
   * Tells the unboxer that the transport's input has ended. Call it once {@link #unbox} asked for
   * more input and there is none.
   *
   * @throws BoxStreamException {@code TRUNCATED} unless the goodbye was seen
   * @throws IllegalStateException if this unboxer is closed, or a body still waits for delivery
   */
  public void endOfInput() throws BoxStreamException {
    requireUsable();
    if (state == State.DELIVERY) {
      throw new IllegalStateException("a body still waits: call unbox until it asks for input");
    }
    if (state != State.ENDED) {
      throw fail(
          Reason.TRUNCATED,
          "The connection ended without the peer's goodbye: it was cut, by a crash, by the network,"
              + " or by an attacker. What was received before is authentic but may be incomplete.");
    }
  }

  private boolean fill(ByteBuffer src) {
    int length = Math.min(src.remaining(), wanted - filled);
    src.get(packet, filled, length);
    filled += length;
    return filled == wanted;
  }

  private void openHeader() throws BoxStreamException {
    if (!open(0, Packet.HEADER_PLAINTEXT_BYTES)) {
      throw fail(
          Reason.BAD_HEADER,
          "A packet's header is not authentic: the stream was altered on its way, or the peer's"
              + " implementation is faulty.");
    }
    if (Packet.isGoodbye(packet)) {
      state = State.ENDED;
      return;
    }
    int length = Packet.length(packet);
    if (length > maxBodyBytes) {
      throw fail(
          Reason.TOO_LONG,
          "A header announced a body of %d bytes, but at most %d are received."
              .formatted(length, maxBodyBytes));
    }
    wanted = Packet.HEADER_BYTES + length;
    if (packet.length < wanted) {
      makeRoom();
    }
    used = Math.max(used, wanted);
    state = State.BODY;
  }

  private void openBody() throws BoxStreamException {
    if (!open(Packet.BODY_BOX_OFFSET, wanted - Packet.BODY_OFFSET)) {
      throw fail(
          Reason.BAD_BODY,
          "A packet's body is not authentic: the stream was altered on its way, or the peer's"
              + " implementation is faulty.");
    }
    delivered = Packet.BODY_OFFSET;
    finishPacketIfDelivered();
  }

  private boolean deliver(ByteBuffer dst) {
    int length = Math.min(dst.remaining(), wanted - delivered);
    dst.put(packet, delivered, length);
    delivered += length;
    finishPacketIfDelivered();
    return length > 0;
  }

  private void finishPacketIfDelivered() {
    if (delivered < wanted) {
      state = State.DELIVERY;
    } else {
      state = State.HEADER;
      filled = 0;
      wanted = Packet.HEADER_BYTES;
    }
  }

  private boolean open(int offset, int length) {
    try {
      boolean authentic = box.open(nonce.value(), packet, offset, length);
      nonce.advance(1);
      return authentic;
    } catch (RuntimeException | Error e) {
      close();
      throw CryptoProviderException.broken(crypto, "opening a packet", e);
    }
  }

  private BoxStreamException fail(Reason reason, String message) {
    failure = new BoxStreamException(reason, message);
    wipe();
    return failure;
  }

  private void requireUsable() throws BoxStreamException {
    if (failure != null) {
      // Another exception each time: Java refuses to suppress an exception in itself.
      throw new BoxStreamException(failure.reason(), String.valueOf(failure.getMessage()), failure);
    }
    if (closed) {
      throw new IllegalStateException("this unboxer is closed and its key is wiped");
    }
  }

  /** Nothing of a packet is here: the next one may be long in coming, and small. */
  private void restBetweenPackets() {
    if (filled == 0 && packet != smallPacket) {
      byte[] borrowed = packet;
      packet = smallPacket;
      PacketArrays.giveBack(borrowed, used);
      used = 0;
    }
  }

  /** Goes on with the header in an array that has room for its body. */
  private void makeRoom() {
    byte[] header = packet;
    try {
      packet = wanted <= PacketArrays.BYTES ? PacketArrays.borrow() : new byte[wanted];
    } catch (OutOfMemoryError e) {
      close();
      throw e;
    }
    System.arraycopy(header, 0, packet, 0, Packet.HEADER_BYTES);
    Arrays.fill(header, (byte) 0);
  }

  private void wipe() {
    Arrays.fill(packet, (byte) 0);
    Arrays.fill(smallPacket, (byte) 0);
    box.close();
  }

  /** Wipes the key and any plaintext. Closing again does nothing. */
  @Override
  public void close() {
    closed = true;
    wipe();
  }
}
