package org.secrethandshake.boxstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonceTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @CsvSource({
    "000000000000000000000000000000000000000000000000, 1,"
        + " 000000000000000000000000000000000000000000000001",
    "0000000000000000000000000000000000000000000000ff, 1,"
        + " 000000000000000000000000000000000000000000000100",
    "0000000000000000000000000000000000000000000000ff, 2,"
        + " 000000000000000000000000000000000000000000000101",
    "00000000000000000000000000000000000000000000ffff, 2,"
        + " 000000000000000000000000000000000000000000010001",
    "00ffffffffffffffffffffffffffffffffffffffffffffff, 1,"
        + " 010000000000000000000000000000000000000000000000",
    "ffffffffffffffffffffffffffffffffffffffffffffffff, 1,"
        + " 000000000000000000000000000000000000000000000000"
  })
  void countsUpBigEndianWithCarry(String first, int steps, String expected) {
    Nonce nonce = new Nonce(HEX.parseHex(first));
    nonce.advance(steps);
    assertEquals(expected, HEX.formatHex(nonce.value()));
  }
}
