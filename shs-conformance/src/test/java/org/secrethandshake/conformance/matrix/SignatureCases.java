package org.secrethandshake.conformance.matrix;

import static org.secrethandshake.conformance.Formulas.concat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.UnsafeEncodings;
import org.secrethandshake.conformance.matrix.Signer.Signed;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.Edwards25519;

/** Makes keys and signatures: honest, forged over torsion, with S + kL, or badly encoded. */
final class SignatureCases {
  private static final int SIGNERS = 64;

  /** S + 15 L has more than 256 bits. */
  private static final int MOST_EXCESS = 14;

  private static final List<byte[]> ENCODINGS = UnsafeEncodings.points();

  private final Random random;
  private final CryptoProvider maker;

  /** Few, because their points are decoded slowly; messages make each use of them a new one. */
  private final List<Signer> signers;

  SignatureCases(Random random, CryptoProvider maker) {
    this.random = random;
    this.maker = maker;
    signers =
        Stream.concat(
                Stream.generate(() -> Signer.of(maker, seed(), seed())).limit(SIGNERS),
                Stream.generate(Signer::small).limit(SIGNERS / 8))
            .toList();
  }

  /** Makes {@code key, signature, message}. */
  Case make(byte[] message) {
    Signed signed =
        switch (random.nextInt(4)) {
          case 0 -> honest(message);
          case 1 -> signer().plus(torsion(), torsion()).sign(message, 0);
          case 2 -> signer().sign(message, random.nextInt(MOST_EXCESS + 1));
          default -> badlyEncoded(signer().sign(message, 0));
        };
    return Case.of(0, signed.publicKey(), signed.signature(), message);
  }

  private Signed honest(byte[] message) {
    byte[] seed = seed();
    Formulas formulas = new Formulas(maker, new byte[0]);
    return new Signed(formulas.publicKey(seed), formulas.sign(seed, message));
  }

  /** Replaces the key or R by bytes that are no canonical encoding of a good point. */
  private Signed badlyEncoded(Signed signed) {
    byte[] encoding =
        random.nextInt(4) == 0 ? seed() : ENCODINGS.get(random.nextInt(ENCODINGS.size()));
    byte[] signature = signed.signature();
    return random.nextBoolean()
        ? new Signed(encoding, signature)
        : new Signed(
            signed.publicKey(),
            concat(encoding, Arrays.copyOfRange(signature, encoding.length, signature.length)));
  }

  private Signer signer() {
    return oneOf().withNonceOf(oneOf());
  }

  private Signer oneOf() {
    return signers.get(random.nextInt(signers.size()));
  }

  /** None, half of the time. */
  private int torsion() {
    return random.nextBoolean() ? 0 : random.nextInt(Edwards25519.TORSION.size());
  }

  private byte[] seed() {
    byte[] seed = new byte[CryptoProvider.SEED_BYTES];
    random.nextBytes(seed);
    return seed;
  }
}
