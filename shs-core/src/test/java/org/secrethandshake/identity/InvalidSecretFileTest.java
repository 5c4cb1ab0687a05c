package org.secrethandshake.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.spi.CryptoProvider;

class InvalidSecretFileTest {
  private static final CryptoProvider CRYPTO = CryptoProviders.onlyInstalled();
  private static final byte[] SEED =
      "a seed of thirty-two bytes, text".getBytes(StandardCharsets.US_ASCII);
  private static final IdentityKeyPair ALICE = IdentityKeyPair.fromSeed(CRYPTO, SEED);
  private static final String PUBLIC = ALICE.publicKey().toBase64();
  private static final String PRIVATE = privateOf(SEED, ALICE);
  private static final String OBJECT =
      """
      {"curve":"ed25519","public":"%1$s.ed25519","private":"%2$s.ed25519","id":"@%1$s.ed25519"}
      """
          .formatted(PUBLIC, PRIVATE);

  private final Path file;

  InvalidSecretFileTest(@TempDir Path folder) {
    this.file = folder.resolve("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "\r\n\t # comment \u00e9 { \r\n%s\n#",
        "# \"curve\": \"none\"\n%s# the end",
      })
  void acceptsBlanksAndCommentsAroundTheObject(String around) throws IOException {
    assertReads(around.formatted(OBJECT));
  }

  @Test
  void acceptsAnyOrderOfFieldsWithCommentsBetweenThem() throws IOException {
    assertReads(
        """
        { "id" : "@%1$s.ed25519" ,
        # between
          "private":"%2$s.ed25519",
          "public":"%1$s.ed25519", "curve":"ed25519"
        }
        """
            .formatted(PUBLIC, PRIVATE));
  }

  @Test
  void acceptsTheEscapesThatJsonWritersUse() throws IOException {
    assertReads(OBJECT.replace("/", "\\/").replace("=", "\\u003d").replace("+", "\\u002B"));
  }

  /** The slash is the one character of base64 that some writers escape by itself. */
  @Test
  void acceptsAnEscapedSlash() throws IOException {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) 0xff);
    try (IdentityKeyPair slashes = IdentityKeyPair.fromSeed(CRYPTO, seed)) {
      String key = privateOf(seed, slashes);
      assertTrue(key.startsWith("/"), key);
      write(
          OBJECT
              .replace(PRIVATE, key)
              .replace(PUBLIC, slashes.publicKey().toBase64())
              .replace("/", "\\/"));
    }
    try (IdentityKeyPair identity = SecretFile.read(file, CRYPTO)) {
      assertArrayEquals(seed, identity.exportSeed());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"ed25519\",' | '\"ed448\",' | its curve is not ed25519",
        "'\"ed25519\",' | '\"!d25519~\",' | its curve is not ed25519",
        "'\"ed25519\",' | '\"\\\"\\\\\",' | its curve is not ed25519",
        "'\"ed25519\",' | '\"ED25519\",' | its curve is not ed25519",
        "'\"public\":' | '\"id\":' | the field 'id' appears twice (line 1)",
        "'\"curve\":' | '\"curve\":\"ed25519\",\"curve\":' | the field 'curve' appears twice (line"
            + " 1)",
        "'\"curve\":' | '\"extra\":\"x\",\"curve\":' | 'line 1 has a field that is unknown; a key"
            + " file has only the fields curve, public, private, id'",
        "'\"curve\":' | '\"Curve\":' | 'line 1 has a field that is unknown; a key file has only the"
            + " fields curve, public, private, id'",
        "'\"ed25519\",' | 'null,' | expected a string (line 1)",
        "'\"ed25519\",' | '{},' | expected a string (line 1)",
        "'\"ed25519\",' | '\"ed25519\"' | expected the object's end or another field (line 1)",
        "'\"curve\":' | '\"curve\"' | expected a colon (line 1)",
        "'{' | '' | expected a JSON object (line 1)",
        "'{' | '[' | expected a JSON object (line 1)",
        "'{' | '{,' | expected the name of a field (line 1)",
        "'}' | ',}' | expected the name of a field (line 1)",
        "'}' | '' | the file ends too early (line 2)",
        "'}' | '}}' | something follows the JSON object (line 1)",
        "'}' | '}#\n\n{}' | something follows the JSON object (line 3)",
        "'ed25519\"}' | 'ed25519' | a string holds a character that does not occur in keys (line"
            + " 2)",
        "'\"ed25519\",' | '\"ed\\n"
            + "25519\",' | a string holds a character that does not occur in keys (line 1)",
        "'\"ed25519\",' | '\"ed 25519\",' | a string holds a character that does not occur in keys"
            + " (line 1)",
        "'\"ed25519\",' | '\"\u00e9d25519\",' | a string holds a character that does not occur in"
            + " keys (line 1)",
        "'\"ed25519\",' | '\"\\u0000\",' | a string holds a character that does not occur in keys"
            + " (line 1)",
        "'\"ed25519\",' | '\"\\u0165d25519\",' | a string holds a character that does not occur in"
            + " keys (line 1)",
        "'\"ed25519\",' | '\"\\u00\",' | an escape is malformed (line 1)",
      })
  void saysWhatIsWrongInTheText(String part, String replacement, String problem)
      throws IOException {
    assertRefused(replaceFirst(part, replacement), problem);
  }

  @Test
  void refusesAFileThatWasCutOffAnywhere() throws IOException {
    assertRefused("", "it is empty");
    for (int length = 1; length < OBJECT.indexOf('}'); length++) {
      assertRefused(OBJECT.substring(0, length), "the file ends too early (line 1)");
    }
  }

  @Test
  void refusesAFileWithAnyCharacterChanged() throws IOException {
    for (int i = 0; i <= OBJECT.indexOf('}'); i++) {
      char other = OBJECT.charAt(i) == 'A' ? 'B' : 'A';
      write(OBJECT.substring(0, i) + other + OBJECT.substring(i + 1));
      InvalidSecretFileException e =
          assertThrows(InvalidSecretFileException.class, () -> SecretFile.read(file, CRYPTO));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith("The key file " + file + " cannot be used: "), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"public", "private"})
  void refusesKeysThatAreNotCanonicalBase64(String field) throws IOException {
    int bytes = field.equals("public") ? 32 : 64;
    String problem =
        "its field '%s' is not the padded base64 of %d bytes and .ed25519".formatted(field, bytes);
    refuseAll(
        field,
        problem,
        key -> key.replace(".ed25519", ""),
        key -> key.replace(".ed25519", ".ed448"),
        key -> key.replace("=", ""),
        key -> key.replace("=", "=="),
        key -> key.substring(4),
        key -> "AAAA" + key,
        key -> "@" + key,
        key -> "-" + key.substring(1),
        InvalidSecretFileTest::withUnusedBitsSet,
        key -> "");
  }

  @Test
  void refusesAPublicKeyOfAnotherIdentity() throws IOException {
    String bob = other().publicKey().toBase64();
    assertRefused(
        OBJECT.replace("\"public\":\"" + PUBLIC, "\"public\":\"" + bob),
        "its public key is not the one that its seed derives");
  }

  @Test
  void refusesAnIdOfAnotherIdentity() throws IOException {
    String bob = other().publicKey().toBase64();
    assertRefused(
        OBJECT.replace("@" + PUBLIC, "@" + bob), "its id is not the one that its seed derives");
    assertRefused(OBJECT.replace("@" + PUBLIC, bob), "its id is not the one that its seed derives");
    assertRefused(
        OBJECT.replace("@" + PUBLIC, "%" + PUBLIC), "its id is not the one that its seed derives");
  }

  @ParameterizedTest
  @ValueSource(strings = {"public", "private"})
  void refusesAFileWithoutAKey(String field) throws IOException {
    String member = "\"" + field + "\":\"[^\"]*\",";
    assertRefused(OBJECT.replaceFirst(member, ""), "the field '" + field + "' is missing");
  }

  @Test
  void acceptsAnIdOfAnyFormThatSsbKeysReplaces() throws IOException {
    String id = "\"id\":\"@" + PUBLIC + ".ed25519\"";
    assertReads(OBJECT.replace("," + id, ""));
    assertReads(OBJECT.replace(id, "\"id\":\"" + PUBLIC + ".ed25519\""));
    assertReads(OBJECT.replace(id, "\"id\":\"ssb:feed/bendybutt-v1/AAAA\""));
    assertReads(OBJECT.replace(id, "\"id\":\"\""));
  }

  @Test
  void acceptsAFileWithoutACurveWhoseKeysSayIt() throws IOException {
    assertReads(OBJECT.replace("\"curve\":\"ed25519\",", ""));
  }

  @Test
  void namesAByteOrderMark() throws IOException {
    assertRefused(
        "\ufeff" + OBJECT,
        "it begins with a byte order mark; save it as UTF-8 without one (without BOM)");
  }

  @Test
  void namesAByteOrderMarkWithNothingBehindIt() throws IOException {
    assertRefused(
        "\ufeff", "it begins with a byte order mark; save it as UTF-8 without one (without BOM)");
    Files.write(file, new byte[] {(byte) 0xfe, (byte) 0xff});
    assertRefused("it is UTF-16 or is not text at all; save it as UTF-8 without byte order mark");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM"})
  void namesUtf16(String charset) throws IOException {
    write("");
    Files.writeString(file, OBJECT, Charset.forName(charset));
    assertRefused("it is UTF-16 or is not text at all; save it as UTF-8 without byte order mark");
  }

  @Test
  void writesNumbersForPeopleOfEveryCountryInTheSameDigits() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertRefused(
          OBJECT.replace(PUBLIC, "AAAA"),
          "its field 'public' is not the padded base64 of 32 bytes and .ed25519");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void refusesAPrivateKeyWhoseHalvesDoNotBelongTogether() throws IOException {
    assertRefused(
        OBJECT.replace(PRIVATE, privateOf(SEED, other())),
        "the second half of its private key is not the one that its seed derives");
    assertRefused(
        OBJECT.replace(PRIVATE, privateOf(new byte[32], ALICE)),
        "the second half of its private key is not the one that its seed derives");
  }

  @Test
  void refusesAFileOfMoreThan64KiB() throws IOException {
    String padding = "#".repeat(SecretFile.MAX_BYTES - OBJECT.length());
    assertReads(OBJECT + padding);
    assertRefused(OBJECT + padding + "#", "it is larger than 65536 bytes");
  }

  @SafeVarargs
  private void refuseAll(String field, String problem, UnaryOperator<String>... changes)
      throws IOException {
    String key = (field.equals("public") ? PUBLIC : PRIVATE) + ".ed25519";
    for (UnaryOperator<String> change : changes) {
      String before = "\"" + field + "\":\"";
      assertRefused(OBJECT.replace(before + key, before + change.apply(key)), problem);
    }
  }

  private void assertReads(String content) throws IOException {
    write(content);
    try (IdentityKeyPair identity = SecretFile.read(file, CRYPTO)) {
      assertArrayEquals(SEED, identity.exportSeed());
    }
  }

  private void assertRefused(String content, String problem) throws IOException {
    write(content);
    assertRefused(problem);
  }

  private void assertRefused(String problem) {
    InvalidSecretFileException e =
        assertThrows(InvalidSecretFileException.class, () -> SecretFile.read(file, CRYPTO));
    assertEquals("The key file " + file + " cannot be used: " + problem + ".", e.getMessage());
  }

  private void write(String content) throws IOException {
    if (Files.notExists(file)) {
      SecretFile.create(file, ALICE);
    }
    Files.writeString(file, content);
  }

  private static String replaceFirst(String part, String replacement) {
    int at = OBJECT.indexOf(part);
    return OBJECT.substring(0, at) + replacement + OBJECT.substring(at + part.length());
  }

  /** Sets the lowest bit of the last character before the padding, which encodes nothing. */
  private static String withUnusedBitsSet(String key) {
    int last = key.indexOf('=') - 1;
    return key.substring(0, last) + (char) (key.charAt(last) + 1) + key.substring(last + 1);
  }

  private static IdentityKeyPair other() {
    return IdentityKeyPair.fromSeed(CRYPTO, new byte[32]);
  }

  private static String privateOf(byte[] seed, IdentityKeyPair publicHalf) {
    byte[] key = new byte[64];
    System.arraycopy(seed, 0, key, 0, 32);
    System.arraycopy(publicHalf.publicKey().bytes(), 0, key, 32, 32);
    return Base64.getEncoder().encodeToString(key);
  }
}
