package org.secrethandshake.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bounds of {@code y} and {@code S}, to the last bit (RFC 8032, sections 5.1.3 and 5.1.7). */
class EncodingsTest {
  @ParameterizedTest
  @CsvSource({
    // p - 2, p - 1, which has order 2, p, and p + 1, which means 1
    "ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, true",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, false",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, false",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, false",
    // The sign of x is no part of y.
    "ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, true",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, false",
  })
  void aPointIsSafeUpToTheFieldsPrime(String point, boolean isSafe) {
    assertEquals(isSafe, Encodings.isSafePoint(HexFormat.of().parseHex(point)));
  }

  @ParameterizedTest
  @CsvSource({
    // L - 1, L and L + 1
    "ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010, true",
    "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010, false",
    "eed3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010, false",
  })
  void aSignaturesScalarIsSafeUpToTheGroupOrder(String scalar, boolean isSafe) {
    String point = "02" + "00".repeat(31);
    assertEquals(isSafe, Encodings.isSafeSignature(HexFormat.of().parseHex(point + scalar)));
  }
}
