package org.secrethandshake.conformance.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.secrethandshake.channel.SecretChannel;

/** A message and its echo, of which every byte is compared. For one thread. */
final class Messages {
  private final byte[] message;
  private final byte[] answer;
  private final Random random;

  /** Messages of one length. */
  Messages(int bytes, long seed) {
    message = new byte[bytes];
    answer = new byte[bytes];
    random = new Random(seed);
    random.nextBytes(message);
  }

  /**
   * Sends one and awaits its echo.
   *
   * @return {@code false} if the peer says goodbye instead
   * @throws EOFException if it does so within the echo, which is a part then
   */
  boolean exchange(SecretChannel channel) throws IOException {
    message[random.nextInt(message.length)]++;
    channel.write(ByteBuffer.wrap(message));
    ByteBuffer rest = ByteBuffer.wrap(answer);
    while (rest.hasRemaining()) {
      if (channel.read(rest) < 0) {
        if (rest.position() == 0) {
          return false;
        }
        throw new EOFException("a goodbye after " + rest.position() + " bytes of an echo");
      }
    }
    if (!Arrays.equals(message, answer)) {
      throw new AssertionError("an echo differs from its message");
    }
    return true;
  }

  /** Receives one and sends it back; answers {@code false} if the peer says goodbye instead. */
  boolean echo(SecretChannel channel) throws IOException {
    int count = channel.inputStream().readNBytes(answer, 0, answer.length);
    if (count == 0) {
      return false;
    }
    channel.write(ByteBuffer.wrap(answer, 0, count));
    return count == answer.length;
  }
}
