package org.secrethandshake.conformance.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.secrethandshake.conformance.matrix.Signer;
import org.secrethandshake.conformance.matrix.Signer.Signed;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.SignatureVector;

/** The rows about Ed25519 signatures. */
final class SignatureSections {
  private static final int SPECCHECK_CASES = 12;

  /** So many signatures show a share of 1/8 clearly. */
  private static final int HONEST_SIGNATURES = 240;

  /** Multiples of a point of order 8, by their own order. */
  private static final int[][] TORSION_BY_ORDER = {{2, 4}, {4, 2}, {8, 1}};

  private final List<SignatureVector> vectors = SignatureVector.adversarial().toList();
  private final CryptoProvider maker;

  SignatureSections(CryptoProvider maker) {
    this.maker = maker;
  }

  List<Section> all() {
    return List.of(honest(), speccheck(), mixedOrder(), smallOrder(), encodings(), scalars());
  }

  private Section honest() {
    return new Section(
        "Honest signatures",
        "So that refusing everything does not pass.",
        List.of(
            row("honest signatures", "honest signature .*"),
            row("a valid key under the signature of another", "the (largest|smallest) .*")));
  }

  private Section speccheck() {
    List<Question> rows = new ArrayList<>();
    for (int i = 0; i < SPECCHECK_CASES; i++) {
      String prefix = "speccheck " + i + ": ";
      String name = matching(prefix + ".*").get(0).name().substring(prefix.length());
      rows.add(row("case " + i + ": " + name, prefix + ".*"));
    }
    return new Section(
        "The twelve cases of “Taming the many EdDSAs”",
        "Made anew, with own keys, after eprint 2020/1244, whose own are counted at the end.",
        rows);
  }

  private Section mixedOrder() {
    List<Question> rows = new ArrayList<>();
    for (int[] torsion : TORSION_BY_ORDER) {
      rows.add(series("key A + T, T of order " + torsion[0], signer().plus(torsion[1], 0)));
    }
    for (int[] torsion : TORSION_BY_ORDER) {
      rows.add(series("R + T, T of order " + torsion[0], signer().plus(0, torsion[1])));
    }
    return new Section(
        "Mixed order",
        "An honest signer whose key or R has a point T of small order added: "
            + HONEST_SIGNATURES
            + " messages each. A library that compares without the cofactor accepts those that chance"
            + " favours, one that multiplies by it accepts all.",
        rows);
  }

  private Section smallOrder() {
    List<Question> rows = new ArrayList<>();
    for (int order : new int[] {1, 2, 4, 8}) {
      rows.add(
          row(
              "key of order " + order + ", one signature for any message",
              "key T\\d of order " + order + " under which any message verifies"));
    }
    rows.add(row("the identity as key, R = [S]B, any message", "identity as key .*"));
    for (int order : new int[] {1, 2, 4, 8}) {
      rows.add(row("R of order " + order, "R = T\\d of order " + order));
    }
    return new Section(
        "Small order",
        "Under a key of small order whoever knows no secret can sign. With an all-zero shared secret"
            + " this lets a client in that does not know the server’s key (eprint 2019/526).",
        rows);
  }

  private Section encodings() {
    String hex = " \\p{XDigit}{64} is not canonical and ";
    List<Question> rows = new ArrayList<>();
    for (String part : List.of("key", "R")) {
      rows.add(row(part + " not canonical, of small order", part + hex + "of order \\d"));
      rows.add(row(part + " not canonical, of large order", part + hex + "of large order"));
      rows.add(row(part + " not canonical, on no point", part + hex + "on no point"));
      rows.add(row(part + " canonical, on no point", part + " y = \\d+ is on no point"));
    }
    return new Section(
        "Encodings",
        "Encodings with y ≥ p, those with x = 0 and the sign bit set, and those of no point.",
        rows);
  }

  private Section scalars() {
    return new Section(
        "S not reduced",
        "Who accepts S + kL lets anyone make a second signature from a first.",
        List.of(row("S + kL, k = 1 to 14", "S \\+ \\d+ L")));
  }

  /** The nonce is kept, which gives the secret away: nobody has any use for this one. */
  private static Question series(String title, Signer signer) {
    List<Predicate<Column>> cases = new ArrayList<>();
    for (int i = 0; i < HONEST_SIGNATURES; i++) {
      byte[] message = ("message " + i).getBytes(StandardCharsets.US_ASCII);
      Signed signed = signer.sign(message, 0);
      cases.add(Question.signature(signed.publicKey(), message, signed.signature()));
    }
    return new Question(title, false, cases);
  }

  private Signer signer() {
    return Signer.of(maker, seed(1), seed(2));
  }

  private static byte[] seed(int value) {
    byte[] seed = new byte[CryptoProvider.SEED_BYTES];
    Arrays.fill(seed, (byte) value);
    return seed;
  }

  private Question row(String title, String names) {
    return Question.of(title, matching(names));
  }

  private List<SignatureVector> matching(String names) {
    return vectors.stream().filter(vector -> vector.name().matches(names)).toList();
  }
}
