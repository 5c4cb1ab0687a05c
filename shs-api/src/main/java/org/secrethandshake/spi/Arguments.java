package org.secrethandshake.spi;

import java.util.Objects;

/**
 * The argument checks that the contract asks of every provider, for providers to call.
 *
 * <p>Messages name the parameter and the lengths, never a byte of the value.
 */
public final class Arguments {
  private Arguments() {}

  /**
   * Checks that an array has exactly the stated length.
   *
   * @param name the parameter's name, for the message
   * @throws IllegalArgumentException if it has another length
   */
  public static void requireLength(byte[] value, int bytes, String name) {
    if (value.length != bytes) {
      throw new IllegalArgumentException(
          name + " must be " + bytes + " bytes long, but has " + value.length);
    }
  }

  /**
   * Checks the arguments of {@link SecretBox#seal} and {@link SecretBox#open}.
   *
   * @throws IllegalArgumentException if the nonce has a wrong length
   * @throws IndexOutOfBoundsException if the box does not lie within the array
   */
  public static void requireBox(byte[] nonce, byte[] box, int offset, int length) {
    requireLength(nonce, SecretBox.NONCE_BYTES, "nonce");
    if (length < 0) {
      throw new IndexOutOfBoundsException("length must not be negative, but is " + length);
    }
    Objects.checkFromIndexSize((long) offset, (long) SecretBox.TAG_BYTES + length, box.length);
  }
}
