package org.secrethandshake.conformance.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.secrethandshake.conformance.Wycheproof.Agreement;
import org.secrethandshake.conformance.Wycheproof.Agreements;
import org.secrethandshake.conformance.Wycheproof.Signature;
import org.secrethandshake.conformance.Wycheproof.SignatureGroup;
import org.secrethandshake.conformance.Wycheproof.Signatures;
import org.secrethandshake.conformance.Wycheproof.SpecCheck;
import org.secrethandshake.spi.CryptoProvider;

/** The rows about published vectors, where their folder is there. */
final class OutsideSection {
  private OutsideSection() {}

  static Section of(Path folder) {
    return new Section(
        "Published vectors",
        "Project Wycheproof and ed25519-speccheck, as their authors published them. A signature that"
            + " has not 64 bytes is no question for any of our backends, and is left out.",
        List.of(
            new Question("Wycheproof Ed25519, valid", true, signatures(folder, true)),
            new Question("Wycheproof Ed25519, invalid", false, signatures(folder, false)),
            new Question("ed25519-speccheck", false, speccheck(folder)),
            new Question("Wycheproof X25519, shared secrets", true, agreements(folder, false)),
            new Question("Wycheproof X25519, all zero", false, agreements(folder, true))));
  }

  private static List<Predicate<Column>> signatures(Path folder, boolean valid) {
    List<Predicate<Column>> cases = new ArrayList<>();
    for (SignatureGroup group : Signatures.read(folder)) {
      for (Signature test : group.tests()) {
        if (test.isValid() == valid && test.sig().length == CryptoProvider.SIGNATURE_BYTES) {
          cases.add(Question.signature(group.key().pk(), test.msg(), test.sig()));
        }
      }
    }
    return cases;
  }

  private static List<Predicate<Column>> speccheck(Path folder) {
    return SpecCheck.read(folder).stream()
        .map(test -> Question.signature(test.pubKey(), test.message(), test.signature()))
        .toList();
  }

  /** Of those whose result is all zero any answer is one too many. */
  private static List<Predicate<Column>> agreements(Path folder, boolean zero) {
    byte[] zeros = new byte[CryptoProvider.POINT_BYTES];
    return Agreements.read(folder).stream()
        .flatMap(group -> group.tests().stream())
        .filter(test -> Arrays.equals(zeros, test.shared()) == zero)
        .map(test -> zero ? refusable(test) : equal(test))
        .toList();
  }

  private static Predicate<Column> refusable(Agreement test) {
    return Question.agreement(test.scalar(), test.point());
  }

  private static Predicate<Column> equal(Agreement test) {
    return Question.agreement(test.scalar(), test.point(), test.shared());
  }
}
