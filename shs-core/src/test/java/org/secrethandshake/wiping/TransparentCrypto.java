package org.secrethandshake.wiping;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/**
 * Toy arithmetic with which handshakes and box streams work, and which puts no copy of a secret on
 * the heap but the key of a box that is open. So whatever else of a secret is found there, the
 * library has left there.
 *
 * <p>Protects nothing. Its random bytes follow from a number, so that two JVMs draw the same.
 */
final class TransparentCrypto implements CryptoProvider {
  private static final int BASE_POINT = 0x5a;
  private static final byte[] NOTHING = {};

  private final long number;
  private long draws;

  TransparentCrypto(long number) {
    this.number = number;
  }

  @Override
  public String name() {
    return "transparent";
  }

  @Override
  public String description() {
    return "toy arithmetic for tests";
  }

  @Override
  public Optional<Throwable> unavailability() {
    return Optional.empty();
  }

  @Override
  public synchronized void randomBytes(byte[] out) {
    draw(number, ++draws, out);
  }

  /** The draw that follows from two numbers. */
  static void draw(long number, long draw, byte[] out) {
    squeeze(mixed(mixed(number) + draw), out, 0, out.length, false);
  }

  @Override
  public void signPublicKey(byte[] seed, byte[] publicKey) {
    fill('A', publicKey, seed);
    publicKey[31] &= 0x3f;
  }

  @Override
  public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    fill('S', signature, publicKey, message);
    signature[31] &= 0x3f;
    signature[63] &= 0x0f;
  }

  @Override
  public Optional<VerifyKey> verifyKey(byte[] publicKey) {
    return Optional.of(
        new VerifyKey() {
          @Override
          public boolean verify(byte[] message, byte[] signature) {
            byte[] expected = new byte[SIGNATURE_BYTES];
            sign(NOTHING, publicKey, message, expected);
            boolean valid = MessageDigest.isEqual(expected, signature);
            Arrays.fill(expected, (byte) 0);
            return valid;
          }

          @Override
          public void point(byte[] point) {
            fill('C', point, publicKey);
            scalarMultBase(point, point);
          }
        });
  }

  @Override
  public void scalarMultBase(byte[] scalar, byte[] point) {
    for (int i = 0; i < point.length; i++) {
      point[i] = (byte) (scalar[i] ^ BASE_POINT);
    }
  }

  @Override
  public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
    for (int i = 0; i < point.length; i++) {
      shared[i] = (byte) (scalar[i] ^ point[i]);
    }
    return true;
  }

  @Override
  public void signSeedToScalar(byte[] seed, byte[] scalar) {
    signPublicKey(seed, scalar);
    fill('C', scalar, scalar);
  }

  @Override
  public void auth(byte[] key, byte[] message, byte[] tag) {
    fill('M', tag, key, message);
  }

  @Override
  public void hash(byte[] message, byte[] digest) {
    fill('H', digest, message);
  }

  @Override
  public SecretBox secretBox(byte[] key) {
    return new Box(key.clone());
  }

  private static void fill(char use, byte[] out, byte[]... parts) {
    long state = use;
    for (byte[] part : parts) {
      state = absorb(state, part, 0, part.length);
    }
    squeeze(state, out, 0, out.length, false);
  }

  private static long absorb(long state, byte[] bytes, int offset, int length) {
    long result = state;
    for (int i = offset; i < offset + length; i++) {
      result = (result ^ bytes[i]) * 0x100000001b3L;
      result ^= result >>> 29;
    }
    return result * 0x9e3779b97f4a7c15L + length;
  }

  /** Writes the stream that follows from a state, or adds it to what is there. */
  private static void squeeze(long state, byte[] out, int offset, int length, boolean add) {
    for (int i = 0; i < length; i++) {
      long next = mixed(state + (i + 1) * 0x9e3779b97f4a7c15L) >>> 56;
      out[offset + i] = (byte) (add ? out[offset + i] ^ next : next);
    }
  }

  private static long mixed(long value) {
    long once = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    long twice = (once ^ once >>> 27) * 0x94d049bb133111ebL;
    return twice ^ twice >>> 31;
  }

  private static final class Box implements SecretBox {
    private final byte[] key;
    private final byte[] tag = new byte[TAG_BYTES];

    Box(byte[] key) {
      this.key = key;
    }

    private long start(byte[] nonce) {
      return absorb(absorb('B', key, 0, key.length), nonce, 0, nonce.length);
    }

    @Override
    public void seal(byte[] nonce, byte[] box, int offset, int length) {
      long state = start(nonce);
      squeeze(state, box, offset + TAG_BYTES, length, true);
      long mac = absorb(state, box, offset + TAG_BYTES, length);
      squeeze(mac, box, offset, TAG_BYTES, false);
    }

    @Override
    public boolean open(byte[] nonce, byte[] box, int offset, int length) {
      long state = start(nonce);
      squeeze(absorb(state, box, offset + TAG_BYTES, length), tag, 0, TAG_BYTES, false);
      if (!Arrays.equals(tag, 0, TAG_BYTES, box, offset, offset + TAG_BYTES)) {
        return false;
      }
      squeeze(state, box, offset + TAG_BYTES, length, true);
      return true;
    }

    @Override
    public void close() {
      Arrays.fill(key, (byte) 0);
    }
  }
}
