package org.secrethandshake.benchmarks.report;

import java.util.concurrent.locks.LockSupport;
import org.secrethandshake.crypto.bouncycastle.BouncyCastleCryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** Bouncy Castle's backend, but sealing a box rests and allocates. */
public final class SlowedProvider extends DelegatingCryptoProvider {
  static final String NAME = "slowed";
  static final int ALLOCATED_BYTES = 10_000;

  private static final long REST_NANOS = 200_000;

  private static volatile byte[] kept = new byte[0];

  public SlowedProvider() {
    super(new BouncyCastleCryptoProvider());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SecretBox secretBox(byte[] key) {
    SecretBox box = super.secretBox(key);
    return new SecretBox() {
      @Override
      public void seal(byte[] nonce, byte[] array, int offset, int length) {
        kept = new byte[ALLOCATED_BYTES];
        LockSupport.parkNanos(REST_NANOS);
        box.seal(nonce, array, offset, length);
      }

      @Override
      public boolean open(byte[] nonce, byte[] array, int offset, int length) {
        return box.open(nonce, array, offset, length);
      }

      @Override
      public void close() {
        box.close();
      }
    };
  }
}
