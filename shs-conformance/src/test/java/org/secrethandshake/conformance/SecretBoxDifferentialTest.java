package org.secrethandshake.conformance;

import org.secrethandshake.spi.CryptoProvider;

/** Every backend's boxes are those of libsodium itself. */
class SecretBoxDifferentialTest {
  @BackendTest
  void boxesOfEveryLengthAtOddOffsetsAreThoseOfLibsodium(CryptoProvider backend) {
    requireLibsodium();
    new SecretBoxDifferential(backend).checkEveryLength(5000, 1);
  }

  @BackendTest
  void randomBoxesAreThoseOfLibsodium(CryptoProvider backend) {
    requireLibsodium();
    new SecretBoxDifferential(backend).checkRandom(20_000, 2);
  }

  private static void requireLibsodium() {
    if (Backends.list().stream().noneMatch(backend -> backend.name().equals("sodium"))) {
      Requirement.skip(
          "sodium", "the comparison of boxes with libsodium", "no libsodium works here");
    }
  }
}
