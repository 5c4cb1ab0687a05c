package org.secrethandshake.conformance.matrix;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/** The operations of the SPI, each as a function from inputs to an answer in text. */
enum Operation {
  SIGN_PUBLIC_KEY((crypto, in) -> hex(formulas(crypto).publicKey(in.get(0)))),
  SIGN((crypto, in) -> hex(formulas(crypto).sign(in.get(0), in.get(1)))),
  SIGN_SEED_TO_SCALAR((crypto, in) -> hex(formulas(crypto).scalar(in.get(0)))),
  VERIFY(Operation::verify),
  SCALAR_MULT_BASE((crypto, in) -> hex(formulas(crypto).point(in.get(0)))),
  SCALAR_MULT(Operation::scalarMult),
  AUTH(
      (crypto, in) -> {
        byte[] tag = new byte[CryptoProvider.AUTH_BYTES];
        crypto.auth(in.get(0), in.get(1), tag);
        return hex(tag);
      }),
  HASH((crypto, in) -> hex(formulas(crypto).hash(in.get(0)))),
  SEAL(Operation::seal),
  OPEN(Operation::open);

  /** How the answer begins of a backend that throws. */
  static final String THREW = "threw ";

  /** How the answer begins of a backend that refuses. */
  static final String REFUSED = "refused";

  private interface Question {
    String answer(CryptoProvider crypto, List<byte[]> in);
  }

  private final Question question;

  Operation(Question question) {
    this.question = question;
  }

  /** Asks a backend; the arrays are its own to write into. */
  String answer(CryptoProvider crypto, List<byte[]> in) {
    try {
      return question.answer(crypto, in);
    } catch (RuntimeException e) {
      return THREW + e;
    }
  }

  private static String verify(CryptoProvider crypto, List<byte[]> in) {
    Optional<VerifyKey> key = crypto.verifyKey(in.get(0));
    if (key.isEmpty()) {
      return REFUSED + " the key";
    }
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    key.get().point(point);
    String verdict =
        key.get().verify(in.get(2), in.get(1)) ? "accepted" : REFUSED + " the signature";
    return verdict + ", with the key's point " + hex(point);
  }

  private static String scalarMult(CryptoProvider crypto, List<byte[]> in) {
    byte[] shared = new byte[CryptoProvider.POINT_BYTES];
    return crypto.scalarMult(in.get(0), in.get(1), shared) ? hex(shared) : REFUSED;
  }

  private static String seal(CryptoProvider crypto, List<byte[]> in) {
    byte[] message = in.get(2);
    byte[] box = Formulas.concat(new byte[SecretBox.TAG_BYTES], message);
    try (SecretBox secretBox = crypto.secretBox(in.get(0))) {
      secretBox.seal(in.get(1), box, 0, message.length);
    }
    return hex(box);
  }

  private static String open(CryptoProvider crypto, List<byte[]> in) {
    byte[] box = in.get(2);
    byte[] before = box.clone();
    try (SecretBox secretBox = crypto.secretBox(in.get(0))) {
      if (secretBox.open(in.get(1), box, 0, box.length - SecretBox.TAG_BYTES)) {
        return hex(Arrays.copyOfRange(box, SecretBox.TAG_BYTES, box.length));
      }
    }
    return Arrays.equals(before, box) ? REFUSED : REFUSED + ", but left " + hex(box);
  }

  private static Formulas formulas(CryptoProvider crypto) {
    return new Formulas(crypto, new byte[0]);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
