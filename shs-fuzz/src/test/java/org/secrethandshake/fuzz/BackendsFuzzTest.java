package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;
import org.secrethandshake.testkit.SignatureVector;

/** One input to all backends: they give one answer. */
class BackendsFuzzTest {
  private static final String REFUSED = "refused";
  private static final int LONGEST = 300;
  private static final int VERIFY = 0;
  private static final int SCALAR_MULT = 1;
  private static final int OPEN = 2;

  static Stream<byte[]> seeds() {
    Stream<byte[]> signatures =
        SignatureVector.adversarial()
            .map(
                vector ->
                    Input.concat(
                        new byte[] {VERIFY},
                        Damage.instead(vector.publicKey()),
                        Damage.instead(vector.signature()),
                        new byte[CryptoProvider.SEED_BYTES],
                        vector.message()));
    Stream<byte[]> points =
        LowOrder.points()
            .map(point -> Input.concat(new byte[] {SCALAR_MULT}, Damage.instead(point)));
    Stream<byte[]> others =
        Stream.of(
            new byte[] {VERIFY},
            new byte[] {SCALAR_MULT},
            new byte[] {OPEN},
            new byte[] {OPEN, 0, 20, 0, 1},
            new byte[] {3},
            new byte[] {4});
    return Stream.of(signatures, points, others).flatMap(seeds -> seeds);
  }

  @MethodSource("seeds")
  @FuzzTest
  void giveOneAnswer(byte[] bytes) {
    Function<CryptoProvider, String> question = question(new Input(bytes));
    List<CryptoProvider> backends = Backends.all();
    String first = question.apply(backends.get(0));
    for (CryptoProvider other : backends.subList(1, backends.size())) {
      assertEquals(first, question.apply(other), other.name());
    }
  }

  private static Function<CryptoProvider, String> question(Input input) {
    return switch (input.upTo(4)) {
      case VERIFY -> verify(input);
      case SCALAR_MULT -> scalarMult(input);
      case OPEN -> open(input);
      case 3 -> sign(input);
      default -> hash(input);
    };
  }

  private static Function<CryptoProvider, String> verify(Input input) {
    Damage keyDamage = input.damage(CryptoProvider.PUBLIC_KEY_BYTES);
    Damage signatureDamage = input.damage(CryptoProvider.SIGNATURE_BYTES);
    byte[] seed = input.bytes(CryptoProvider.SEED_BYTES);
    byte[] message = input.rest();
    byte[] publicKey = keyDamage.to(Cast.FORMULAS.publicKey(seed));
    byte[] signature = signatureDamage.to(Cast.FORMULAS.sign(seed, message));
    return crypto -> {
      Optional<VerifyKey> key = crypto.verifyKey(publicKey.clone());
      if (key.isEmpty()) {
        return REFUSED;
      }
      byte[] point = new byte[CryptoProvider.POINT_BYTES];
      key.get().point(point);
      return key.get().verify(message.clone(), signature.clone()) + " " + hex(point);
    };
  }

  private static Function<CryptoProvider, String> scalarMult(Input input) {
    byte[] point = input.damage(CryptoProvider.POINT_BYTES).to(Cast.SERVER_POINT);
    byte[] scalar = input.bytes(CryptoProvider.SCALAR_BYTES);
    return crypto -> {
      byte[] base = new byte[CryptoProvider.POINT_BYTES];
      crypto.scalarMultBase(scalar.clone(), base);
      byte[] shared = new byte[CryptoProvider.POINT_BYTES];
      boolean accepted = crypto.scalarMult(scalar.clone(), point.clone(), shared);
      return hex(base) + " " + (accepted ? hex(shared) : REFUSED);
    };
  }

  private static Function<CryptoProvider, String> open(Input input) {
    int length = input.upTo(LONGEST);
    Damage damage = input.damage(SecretBox.TAG_BYTES + length);
    byte[] key = input.bytes(SecretBox.KEY_BYTES);
    byte[] nonce = input.bytes(SecretBox.NONCE_BYTES);
    byte[] box = damage.to(Cast.FORMULAS.box(key, nonce, new byte[length]));
    return crypto -> {
      byte[] opened = box.clone();
      try (SecretBox secretBox = crypto.secretBox(key.clone())) {
        boolean accepted = secretBox.open(nonce.clone(), opened, 0, length);
        return accepted
            ? hex(Arrays.copyOfRange(opened, SecretBox.TAG_BYTES, opened.length))
            : REFUSED + (Arrays.equals(box, opened) ? "" : ", but wrote " + hex(opened));
      }
    };
  }

  private static Function<CryptoProvider, String> sign(Input input) {
    byte[] seed = input.bytes(CryptoProvider.SEED_BYTES);
    byte[] message = input.rest();
    return crypto -> {
      Formulas formulas = new Formulas(crypto);
      return hex(formulas.sign(seed, message)) + " " + hex(formulas.scalar(seed));
    };
  }

  private static Function<CryptoProvider, String> hash(Input input) {
    byte[] key = input.bytes(SecretBox.KEY_BYTES);
    byte[] message = input.rest();
    return crypto -> {
      byte[] tag = new byte[CryptoProvider.AUTH_BYTES];
      crypto.auth(key.clone(), message.clone(), tag);
      return hex(tag) + " " + hex(new Formulas(crypto).hash(message));
    };
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
