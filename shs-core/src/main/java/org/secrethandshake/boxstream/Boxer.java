package org.secrethandshake.boxstream;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.SecretBox;

/**
 * The sending direction of a box stream: plaintext in, packets out (protocol guide, "Box stream").
 *
 * <p>No nonce is ever used twice: each packet takes two, a goodbye one, and a boxer whose backend
 * throws is dead. Nothing is allocated per packet.
 *
 * <p>Not thread-safe: one thread at a time. Whoever holds a boxer closes it, which wipes its key.
 *
 * <pre>{@code
 * ByteBuffer packet = ByteBuffer.allocate(Boxer.packetBytes(plaintext.remaining()));
 * boxer.box(plaintext, packet);
 * }</pre>
 */
public final class Boxer implements AutoCloseable {
  /** The longest body of one packet; longer plaintexts take several packets. */
  public static final int MAX_BODY_BYTES = Packet.MAX_BODY_BYTES;

  /** Length of a goodbye. */
  public static final int GOODBYE_BYTES = Packet.HEADER_BYTES;

  private enum State {
    OPEN,
    SAID_GOODBYE,
    CLOSED
  }

  private final CryptoProvider crypto;
  private final SecretBox box;
  private final Nonce headerNonce;
  private final Nonce bodyNonce;
  private State state = State.OPEN;

  /**
   * Creates the sending direction.
   *
   * @param key {@link SecretBox#KEY_BYTES} bytes, copied
   * @param nonce the first nonce, {@link SecretBox#NONCE_BYTES} bytes, copied
   * @throws CryptoProviderException if the backend breaks
   */
  public Boxer(CryptoProvider crypto, byte[] key, byte[] nonce) {
    headerNonce = new Nonce(nonce);
    bodyNonce = new Nonce(nonce);
    bodyNonce.advance(1);
    this.crypto = crypto;
    box = Packet.secretBox(crypto, key);
  }

  /** Returns the length of the packet around a body of 1 to {@link #MAX_BODY_BYTES} bytes. */
  public static int packetBytes(int bodyBytes) {
    return Packet.HEADER_BYTES + bodyBytes;
  }

  /**
   * Boxes plaintext: as many whole packets as {@code src} fills and {@code dst} takes. All but the
   * last carry {@link #MAX_BODY_BYTES}; nothing in {@code src} gives no packet.
   *
   * @param dst a buffer that does not share its range with {@code src}; that is checked where both
   *     show their arrays
   * @return the number of packets written; 0 although {@code src} has bytes left means that {@code
   *     dst} lacks room for the next packet
   * @throws IllegalStateException after a goodbye, or if this boxer is closed
   * @throws CryptoProviderException if the backend breaks; this boxer is closed then
   */
  public int box(ByteBuffer src, ByteBuffer dst) {
    requireOpen();
    requireWritableAndApart(src, dst);
    int packets = 0;
    while (src.hasRemaining()) {
      int length = Math.min(src.remaining(), MAX_BODY_BYTES);
      if (dst.remaining() < packetBytes(length)) {
        break;
      }
      boxOne(src, length, dst);
      packets++;
    }
    return packets;
  }

  /**
   * Writes the goodbye, which ends this direction. It can be written once.
   *
   * @throws BufferOverflowException if {@code dst} has not {@link #GOODBYE_BYTES} of room; the
   *     goodbye can still be written
   * @throws IllegalStateException after a goodbye, or if this boxer is closed
   * @throws CryptoProviderException if the backend breaks; this boxer is closed then
   */
  public void goodbye(ByteBuffer dst) {
    requireOpen();
    requireWritable(dst);
    if (dst.remaining() < GOODBYE_BYTES) {
      throw new BufferOverflowException();
    }
    byte[] header = new byte[Packet.HEADER_BYTES];
    seal(headerNonce, header, 0, Packet.HEADER_PLAINTEXT_BYTES);
    state = State.SAID_GOODBYE;
    dst.put(header);
  }

  private void boxOne(ByteBuffer src, int length, ByteBuffer dst) {
    if (dst.hasArray()) {
      boxInPlace(src, length, dst.array(), dst.arrayOffset() + dst.position());
      dst.position(dst.position() + packetBytes(length));
    } else {
      byte[] packet = PacketArrays.borrow();
      boxInPlace(src, length, packet, 0);
      dst.put(packet, 0, packetBytes(length));
      PacketArrays.giveBack(packet, packetBytes(length));
    }
  }

  private void boxInPlace(ByteBuffer src, int length, byte[] packet, int offset) {
    src.get(packet, offset + Packet.BODY_OFFSET, length);
    seal(bodyNonce, packet, offset + Packet.BODY_BOX_OFFSET, length);
    Packet.putLength(packet, offset, length);
    seal(headerNonce, packet, offset, Packet.HEADER_PLAINTEXT_BYTES);
    headerNonce.advance(Packet.NONCES);
    bodyNonce.advance(Packet.NONCES);
  }

  private void seal(Nonce nonce, byte[] packet, int offset, int length) {
    try {
      box.seal(nonce.value(), packet, offset, length);
    } catch (RuntimeException | Error e) {
      Arrays.fill(packet, offset, offset + SecretBox.TAG_BYTES + length, (byte) 0);
      close();
      throw CryptoProviderException.broken(crypto, "sealing a packet", e);
    }
  }

  private void requireOpen() {
    if (state == State.SAID_GOODBYE) {
      throw new IllegalStateException("the goodbye is written: nothing can be boxed after it");
    }
    if (state == State.CLOSED) {
      throw new IllegalStateException("this boxer is closed and its key is wiped");
    }
  }

  private static void requireWritableAndApart(ByteBuffer src, ByteBuffer dst) {
    requireWritable(dst);
    if (src.hasArray() && dst.hasArray() && src.array() == dst.array()) {
      int srcStart = src.arrayOffset() + src.position();
      int dstStart = dst.arrayOffset() + dst.position();
      if (srcStart < dstStart + dst.remaining() && dstStart < srcStart + src.remaining()) {
        throw new IllegalArgumentException("source and destination overlap");
      }
    }
  }

  private static void requireWritable(ByteBuffer dst) {
    if (dst.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
  }

  /** Wipes the key. Closing again does nothing. */
  @Override
  public void close() {
    state = State.CLOSED;
    box.close();
  }
}
