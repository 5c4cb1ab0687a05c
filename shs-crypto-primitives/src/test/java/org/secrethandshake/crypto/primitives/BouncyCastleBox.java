package org.secrethandshake.crypto.primitives;

import java.util.Arrays;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.secrethandshake.spi.SecretBox;

/** Secretbox by Bouncy Castle's own XSalsa20 and Poly1305, to compare with. */
final class BouncyCastleBox {
  private BouncyCastleBox() {}

  /** Returns {@code tag | ciphertext}. */
  static byte[] seal(byte[] key, byte[] nonce, byte[] message) {
    XSalsa20Engine stream = new XSalsa20Engine();
    stream.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
    byte[] poly1305Key = new byte[32];
    stream.processBytes(poly1305Key, 0, poly1305Key.length, poly1305Key, 0);
    byte[] box = new byte[SecretBox.TAG_BYTES + message.length];
    stream.processBytes(message, 0, message.length, box, SecretBox.TAG_BYTES);
    System.arraycopy(tag(poly1305Key, message(box)), 0, box, 0, SecretBox.TAG_BYTES);
    return box;
  }

  static byte[] tag(byte[] key, byte[] message) {
    Poly1305 poly1305 = new Poly1305();
    poly1305.init(new KeyParameter(key));
    poly1305.update(message, 0, message.length);
    byte[] tag = new byte[SecretBox.TAG_BYTES];
    poly1305.doFinal(tag, 0);
    return tag;
  }

  private static byte[] message(byte[] box) {
    return Arrays.copyOfRange(box, SecretBox.TAG_BYTES, box.length);
  }
}
