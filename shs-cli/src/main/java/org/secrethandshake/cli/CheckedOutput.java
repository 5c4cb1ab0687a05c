package org.secrethandshake.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Remembers the first failure of a stream: the writers that print text keep such failures to
 * themselves, and a command whose output was lost must not look as if all went well.
 */
final class CheckedOutput extends FilterOutputStream {
  private volatile Optional<IOException> failure = Optional.empty();

  CheckedOutput(OutputStream out) {
    super(out);
  }

  /** The first failure, if there was one. */
  Optional<IOException> failure() {
    return failure;
  }

  @Override
  public void write(int b) throws IOException {
    checked(() -> out.write(b));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    checked(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() throws IOException {
    checked(out::flush);
  }

  private void checked(Writing writing) throws IOException {
    try {
      writing.run();
    } catch (IOException e) {
      if (failure.isEmpty()) {
        failure = Optional.of(e);
      }
      throw e;
    }
  }

  private interface Writing {
    void run() throws IOException;
  }
}
