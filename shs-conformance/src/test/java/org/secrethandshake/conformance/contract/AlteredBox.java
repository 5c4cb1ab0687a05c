package org.secrethandshake.conformance.contract;

import java.util.Arrays;
import java.util.function.Function;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** Passes every call on to an honest box. Extended to break one rule. */
class AlteredBox implements SecretBox {
  private final SecretBox box;

  AlteredBox(SecretBox box) {
    this.box = box;
  }

  /** A provider whose boxes are altered. */
  static CryptoProvider in(CryptoProvider honest, Function<SecretBox, SecretBox> alteration) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public SecretBox secretBox(byte[] key) {
        return alteration.apply(super.secretBox(key));
      }
    };
  }

  @Override
  public void seal(byte[] nonce, byte[] array, int offset, int length) {
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

  /**
   * Returns {@code tag | plaintext} of what stands in the array, whether or not its tag is right,
   * with the tag that would be. The cipher is its own inverse, so sealing twice does it.
   */
  final byte[] forced(byte[] nonce, byte[] array, int offset, int length) {
    byte[] plaintext = Arrays.copyOfRange(array, offset, offset + TAG_BYTES + length);
    box.seal(nonce, plaintext, 0, length);
    byte[] sealed = plaintext.clone();
    box.seal(nonce, sealed, 0, length);
    System.arraycopy(sealed, 0, plaintext, 0, TAG_BYTES);
    return plaintext;
  }
}
