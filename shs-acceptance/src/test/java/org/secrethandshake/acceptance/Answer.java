package org.secrethandshake.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A body that is made while it is sent, in chunks. */
final class Answer extends AbstractHttpEntity {
  /** Makes the body. */
  interface Writer {
    void write(OutputStream output) throws IOException;
  }

  private final Writer writer;

  Answer(Writer writer) {
    super(ContentType.APPLICATION_OCTET_STREAM, null, true);
    this.writer = writer;
  }

  @Override
  public void writeTo(OutputStream output) throws IOException {
    writer.write(output);
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("it is written, not read");
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public long getContentLength() {
    return -1;
  }

  @Override
  public void close() {}
}
