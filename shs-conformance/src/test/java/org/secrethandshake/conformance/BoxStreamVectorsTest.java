package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.spi.CryptoProvider;

/** The reference's box streams, made byte for byte and read in any pieces. */
class BoxStreamVectorsTest {
  private static final List<BoxStreamVector> WRITTEN = BoxStreamVector.written();
  private static final List<BoxStreamVector> ALL =
      Stream.concat(WRITTEN.stream(), BoxStreamVector.received().stream()).toList();

  /** Pieces that end before, at and behind the ends of headers and bodies. */
  private static final int[] ODD_PIECES = {33, 1, 35, 34, 7, 4096, 3, 4130, 16, 18};

  @Test
  void theVectorsHoldTwentySixWrittenStreamsAndThreeWithEmptyBodies() {
    assertEquals(26, WRITTEN.size());
    assertEquals(29, ALL.size());
    for (BoxStreamVector vector : ALL) {
      assertEquals(vector.plaintextSha256(), Pattern.sha256(vector.plaintext()), vector.name());
    }
  }

  @BackendTest
  void ourBoxerMakesTheReferencesBytes(CryptoProvider crypto) {
    for (BoxStreamVector vector : WRITTEN) {
      try (Boxer boxer = new Boxer(crypto, vector.key(), vector.nonce())) {
        assertArrayEquals(vector.wire(), write(boxer, vector), vector.name());
        assertArrayEquals(vector.goodbye(), Streams.goodbye(boxer), vector.name());
      }
    }
    System.out.println(
        "Reference: %s box streams made byte for byte by %s."
            .formatted(WRITTEN.size(), crypto.name()));
  }

  @BackendTest
  void ourUnboxerReadsThemWhole(CryptoProvider crypto) throws BoxStreamException {
    readsAll(crypto, piece -> Integer.MAX_VALUE);
  }

  @BackendTest
  void ourUnboxerReadsThemOneByteAtATime(CryptoProvider crypto) throws BoxStreamException {
    readsAll(crypto, piece -> 1);
  }

  @BackendTest
  void ourUnboxerReadsThemInOddPieces(CryptoProvider crypto) throws BoxStreamException {
    readsAll(crypto, piece -> ODD_PIECES[piece % ODD_PIECES.length]);
  }

  @BackendTest
  void withoutTheirGoodbyeTheyAreTruncated(CryptoProvider crypto) {
    for (BoxStreamVector vector : ALL) {
      ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
      try (Unboxer unboxer = new Unboxer(crypto, vector.key(), vector.nonce())) {
        BoxStreamException cut =
            assertThrows(
                BoxStreamException.class,
                () -> Streams.unbox(unboxer, vector.wire(), piece -> 4096, plaintext),
                vector.name());
        assertEquals(BoxStreamException.Reason.TRUNCATED, cut.reason(), vector.name());
      }
      assertArrayEquals(vector.plaintext(), plaintext.toByteArray(), vector.name());
    }
  }

  private static byte[] write(Boxer boxer, BoxStreamVector vector) {
    byte[] plaintext = vector.plaintext();
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    int offset = 0;
    for (int length : vector.writes()) {
      wire.writeBytes(Streams.box(boxer, Arrays.copyOfRange(plaintext, offset, offset + length)));
      offset += length;
    }
    return wire.toByteArray();
  }

  private static void readsAll(CryptoProvider crypto, IntUnaryOperator pieces)
      throws BoxStreamException {
    for (BoxStreamVector vector : ALL) {
      ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
      try (Unboxer unboxer = new Unboxer(crypto, vector.key(), vector.nonce())) {
        Streams.unbox(unboxer, vector.stream(), pieces, plaintext);
      }
      assertArrayEquals(vector.plaintext(), plaintext.toByteArray(), vector.name());
    }
  }
}
