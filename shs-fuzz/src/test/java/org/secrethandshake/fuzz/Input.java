package org.secrethandshake.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the fuzzer gave, taken from front to back. Behind its end all is zero, so that a short input
 * means something, too; the empty one is the honest case of most targets.
 */
public final class Input {
  private static final int BYTE_VALUES = 1 << Byte.SIZE;

  private final ByteBuffer bytes;

  public Input(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  public boolean isEmpty() {
    return !bytes.hasRemaining();
  }

  /** A number from 0 to the given one: of one byte, or of two if one byte does not suffice. */
  public int upTo(int most) {
    int value = most < BYTE_VALUES ? next() : next() << Byte.SIZE | next();
    return value % (most + 1);
  }

  public boolean flag() {
    return (next() & 1) != 0;
  }

  public byte[] bytes(int count) {
    byte[] taken = new byte[count];
    bytes.get(taken, 0, Math.min(count, bytes.remaining()));
    return taken;
  }

  /** All that is left. */
  public byte[] rest() {
    return bytes(bytes.remaining());
  }

  /** What is done to a value of this length that the honest would fill in. */
  Damage damage(int length) {
    return new Damage(flag(), bytes(length));
  }

  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  private int next() {
    return bytes.hasRemaining() ? Byte.toUnsignedInt(bytes.get()) : 0;
  }
}
