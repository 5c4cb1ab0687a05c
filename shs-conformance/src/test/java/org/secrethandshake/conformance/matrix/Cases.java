package org.secrethandshake.conformance.matrix;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.UnsafeEncodings;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/** Makes random and adversarial inputs of each operation; every other one has bits flipped. */
public final class Cases {
  /** The points whose every multiple is zero or of small order: 0, 1, two of order 8, p - 1. */
  public static final List<byte[]> LOW_ORDER_POINTS =
      Stream.of(
              "0000000000000000000000000000000000000000000000000000000000000000",
              "0100000000000000000000000000000000000000000000000000000000000000",
              "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
              "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
          .map(HexFormat.of()::parseHex)
          .toList();

  /** Lengths on both sides of the blocks of Poly1305, SHA-256, SHA-512 and HMAC. */
  private static final int[] LENGTHS = {
    0, 1, 15, 16, 17, 55, 56, 63, 64, 65, 111, 112, 113, 127, 128, 129, 255, 256, 4095, 4096, 4097
  };

  private final Random random;
  private final CryptoProvider maker;
  private final SignatureCases signatures;

  /** Makes cases with one of the backends, which signs and seals where honest inputs are needed. */
  Cases(Random random, CryptoProvider maker) {
    this.random = random;
    this.maker = maker;
    signatures = new SignatureCases(random, maker);
  }

  Case make(Operation operation) {
    Case made =
        switch (operation) {
          case SIGN_PUBLIC_KEY, SIGN_SEED_TO_SCALAR, SCALAR_MULT_BASE -> Case.fixed(secret());
          case SIGN, AUTH -> Case.of(0, secret(), message());
          case HASH -> Case.of(0, message());
          case VERIFY -> signatures.make(message());
          case SCALAR_MULT -> Case.fixed(secret(), point());
          case SEAL -> Case.of(0, secret(), bytes(SecretBox.NONCE_BYTES), message());
          case OPEN -> box();
        };
    return random.nextBoolean() ? made : made.damaged(random);
  }

  private Case box() {
    byte[] key = secret();
    byte[] nonce = bytes(SecretBox.NONCE_BYTES);
    byte[] message = message();
    byte[] box = Formulas.concat(new byte[SecretBox.TAG_BYTES], message);
    try (SecretBox secretBox = maker.secretBox(key)) {
      secretBox.seal(nonce, box, 0, message.length);
    }
    return Case.of(SecretBox.TAG_BYTES, key, nonce, box);
  }

  private byte[] point() {
    return switch (random.nextInt(4)) {
      case 0 -> bytes(CryptoProvider.POINT_BYTES);
      case 1 -> new Formulas(maker, new byte[0]).point(secret());
      case 2 -> withTopBit(oneOf(LOW_ORDER_POINTS).clone());
      default -> oneOf(UnsafeEncodings.notCanonical());
    };
  }

  private byte[] withTopBit(byte[] point) {
    point[point.length - 1] |= (byte) (random.nextBoolean() ? 0x80 : 0);
    return point;
  }

  private byte[] secret() {
    byte[] secret = bytes(CryptoProvider.SEED_BYTES);
    if (random.nextInt(20) == 0) {
      Arrays.fill(secret, (byte) (random.nextBoolean() ? 0 : 0xff));
    }
    return secret;
  }

  private byte[] message() {
    int length =
        random.nextInt(4) == 0 ? LENGTHS[random.nextInt(LENGTHS.length)] : random.nextInt(300);
    return bytes(length);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
