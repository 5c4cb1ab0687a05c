package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.secrethandshake.testkit.Bytes.hex;
import static org.secrethandshake.testkit.Bytes.pattern;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.secrethandshake.spi.CryptoProvider;

/** SHA-256. */
public abstract class HashContract {
  /** Called by subclasses. */
  protected HashContract() {}

  /** Returns the provider under test. */
  protected abstract CryptoProvider provider();

  // NIST, "Examples with Intermediate Values" and the vectors of CAVP, for FIPS 180-4.
  @ParameterizedTest
  @CsvSource({
    "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
        + "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  })
  void givesTheDigestsOfFips180(String message, String digest) {
    assertEquals(digest, hash(message.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void hashesAMillionTimesTheLetterA() {
    byte[] message = "a".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);

    assertEquals("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", hash(message));
  }

  @Test
  void padsMessagesOfEveryLengthAsTheJdkDoes() throws NoSuchAlgorithmException {
    MessageDigest jdk = MessageDigest.getInstance("SHA-256");
    for (int length = 0; length <= 260; length++) {
      byte[] message = pattern(1, length);
      assertEquals(hex(jdk.digest(message)), hash(message), length + " bytes");
    }
  }

  @Test
  void leavesItsInputAsItWas() {
    byte[] message = pattern(1, 200);

    hash(message);

    assertEquals(hex(pattern(1, 200)), hex(message));
  }

  @Test
  void refusesADigestOfAnotherLength() {
    byte[] message = pattern(1, 3);

    Lengths.assertOnly(
        CryptoProvider.HASH_BYTES, "digest", wrong -> provider().hash(message, wrong));
  }

  private String hash(byte[] message) {
    byte[] digest = pattern(9, CryptoProvider.HASH_BYTES);
    provider().hash(message, digest);
    return hex(digest);
  }
}
