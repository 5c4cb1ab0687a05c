package org.secrethandshake.conformance.contract;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** Copies of a provider, each of which breaks one rule of secretbox. */
final class BrokenBoxes {
  private static final int BLOCK_BYTES = 64;
  private static final int HSALSA_NONCE_BYTES = 16;

  private BrokenBoxes() {}

  /** Encrypts a copy, and puts only the tag before the plaintext. */
  static CryptoProvider leavingPlaintext(CryptoProvider honest) {
    return sealing(honest, length -> 0);
  }

  /** Encrypts whole blocks and forgets the rest. */
  static CryptoProvider leavingTheLastBytes(CryptoProvider honest) {
    return sealing(honest, length -> length - length % BLOCK_BYTES);
  }

  private static CryptoProvider sealing(CryptoProvider honest, IntUnaryOperator encrypted) {
    return AlteredBox.in(
        honest,
        box ->
            new AlteredBox(box) {
              @Override
              public void seal(byte[] nonce, byte[] array, int offset, int length) {
                byte[] sealed = array.clone();
                super.seal(nonce, sealed, offset, length);
                int bytes = TAG_BYTES + encrypted.applyAsInt(length);
                System.arraycopy(sealed, offset, array, offset, bytes);
              }
            });
  }

  /** Compares only the first bytes of the tag. */
  static CryptoProvider comparing(CryptoProvider honest, int tagBytes) {
    return AlteredBox.in(
        honest,
        box ->
            new AlteredBox(box) {
              @Override
              public boolean open(byte[] nonce, byte[] array, int offset, int length) {
                if (super.open(nonce, array, offset, length)) {
                  return true;
                }
                byte[] forced = forced(nonce, array, offset, length);
                if (!Arrays.equals(forced, 0, tagBytes, array, offset, offset + tagBytes)) {
                  return false;
                }
                System.arraycopy(forced, TAG_BYTES, array, offset + TAG_BYTES, length);
                return true;
              }
            });
  }

  /** Decrypts first and compares the tag afterwards. */
  static CryptoProvider writingBeforeTheTagIsChecked(CryptoProvider honest) {
    return AlteredBox.in(
        honest,
        box ->
            new AlteredBox(box) {
              @Override
              public boolean open(byte[] nonce, byte[] array, int offset, int length) {
                if (super.open(nonce, array, offset, length)) {
                  return true;
                }
                byte[] forced = forced(nonce, array, offset, length);
                System.arraycopy(forced, TAG_BYTES, array, offset + TAG_BYTES, length);
                return false;
              }
            });
  }

  /** Clears what it refuses, as some libraries do. */
  static CryptoProvider clearingWhatItRefuses(CryptoProvider honest) {
    return AlteredBox.in(
        honest,
        box ->
            new AlteredBox(box) {
              @Override
              public boolean open(byte[] nonce, byte[] array, int offset, int length) {
                boolean opened = super.open(nonce, array, offset, length);
                if (!opened) {
                  Arrays.fill(array, offset + TAG_BYTES, offset + TAG_BYTES + length, (byte) 0);
                }
                return opened;
              }
            });
  }

  /** Reads the key from the caller's array at every call. */
  static CryptoProvider keepingTheArray(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public SecretBox secretBox(byte[] key) {
        return new AlteredBox(super.secretBox(key)) {
          @Override
          public void seal(byte[] nonce, byte[] array, int offset, int length) {
            super.seal(nonce, array.clone(), offset, length);
            try (SecretBox late = honest.secretBox(key)) {
              late.seal(nonce, array, offset, length);
            }
          }
        };
      }
    };
  }

  static CryptoProvider wipingTheCallersKey(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public SecretBox secretBox(byte[] key) {
        byte[] copy = key.clone();
        Arrays.fill(key, (byte) 0);
        return super.secretBox(copy);
      }
    };
  }

  static CryptoProvider usableOnceClosed(CryptoProvider honest) {
    return AlteredBox.in(
        honest,
        box ->
            new AlteredBox(box) {
              @Override
              public void close() {
                // The key stays.
              }
            });
  }

  /** Works in whole words: the byte behind the box, if there is one, is written too. */
  static CryptoProvider writingBehindTheBox(CryptoProvider honest) {
    return touching(honest, (offset, end) -> end);
  }

  static CryptoProvider writingBeforeTheBox(CryptoProvider honest) {
    return touching(honest, (offset, end) -> offset - 1);
  }

  private static CryptoProvider touching(CryptoProvider honest, IntBinaryOperator place) {
    return AlteredBox.in(
        honest,
        box ->
            new AlteredBox(box) {
              @Override
              public void seal(byte[] nonce, byte[] array, int offset, int length) {
                super.seal(nonce, array, offset, length);
                int at = place.applyAsInt(offset, offset + TAG_BYTES + length);
                if (at >= 0 && at < array.length) {
                  array[at] ^= 1;
                }
              }
            });
  }

  /** Adds offset and length as ints, which wraps, and does nothing if the sum looks small. */
  static CryptoProvider overflowing(CryptoProvider honest) {
    return AlteredBox.in(
        honest,
        box ->
            new AlteredBox(box) {
              @Override
              public void seal(byte[] nonce, byte[] array, int offset, int length) {
                if (offset + TAG_BYTES + length >= 0) {
                  super.seal(nonce, array, offset, length);
                }
              }
            });
  }

  /** Derives the subkey from the first nonce only. */
  static CryptoProvider keepingTheFirstSubkey(CryptoProvider honest) {
    return AlteredBox.in(
        honest,
        box ->
            new AlteredBox(box) {
              private byte[] first;

              @Override
              public void seal(byte[] nonce, byte[] array, int offset, int length) {
                super.seal(nonce, array.clone(), offset, length);
                first = first == null ? nonce.clone() : first;
                byte[] mixed = nonce.clone();
                System.arraycopy(first, 0, mixed, 0, HSALSA_NONCE_BYTES);
                super.seal(mixed, array, offset, length);
              }
            });
  }

  static CryptoProvider takingLongNonces(CryptoProvider honest) {
    return AlteredBox.in(
        honest,
        box ->
            new AlteredBox(box) {
              @Override
              public boolean open(byte[] nonce, byte[] array, int offset, int length) {
                byte[] first = Arrays.copyOf(nonce, Math.min(nonce.length, NONCE_BYTES));
                return super.open(first, array, offset, length);
              }
            });
  }
}
