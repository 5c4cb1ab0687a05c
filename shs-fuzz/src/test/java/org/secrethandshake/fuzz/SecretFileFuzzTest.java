package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.identity.InvalidSecretFileException;
import org.secrethandshake.identity.SecretFile;

/**
 * Any bytes as a key file: an identity of which all keys in the file follow, or a refusal that
 * names the file and none of its bytes.
 */
class SecretFileFuzzTest {
  private static final Path FILE = ScratchFile.create("key");
  private static final Path COPY = FILE.resolveSibling("copy");

  /** A public key under {@code public} or {@code id}. */
  private static final Pattern PUBLIC_KEY = Pattern.compile("\"@?([A-Za-z0-9+/]{43}=)\\.ed25519\"");

  static Stream<byte[]> seeds() throws IOException {
    Path file = ScratchFile.create("seed");
    try (IdentityKeyPair identity =
        IdentityKeyPair.fromSeed(Backends.fastest(), Cast.CLIENT_SEED)) {
      SecretFile.replace(file, identity);
    }
    String written = Files.readString(file);
    String bare = written.replaceAll("(?m)^#.*\n", "").replaceAll("\\s", "");
    String key = IdentityKey.of(Cast.CLIENT_KEY).toBase64();
    return Stream.of(
            written,
            bare,
            bare.replace("\"curve\":\"ed25519\",", ""),
            bare.replace("+", "\\u002b").replace("/", "\\/"),
            bare.replaceAll(",\"id\".*", "}"),
            bare.replace("\"id\":\"@", "\"id\":\"%"),
            bare.replace("\"id\":\"@", "\"id\":\""),
            bare.replace("ed25519", "nist"),
            bare.replaceAll("\"public\":\"....", "\"public\":\"AAAA"),
            bare.replaceAll("\"id\":\"@....", "\"id\":\"@AAAA"),
            bare.replaceAll("....==.ed25519", "AAA=.ed25519"),
            bare.replaceFirst(Pattern.quote(key), Spelling.misspelled(key)),
            bare.replace("{", "{\"more\":\"x\","),
            bare.replace("}", ",\"id\":\"x\"}"),
            bare + "x",
            "\ufeff" + bare,
            "{}")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void isAnIdentityOrAnError(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    try (IdentityKeyPair identity = SecretFile.read(FILE, Backends.fastest())) {
      byte[] seed = identity.exportSeed();
      assertArrayEquals(Cast.FORMULAS.publicKey(seed), identity.publicKey().bytes());
      assertNamesOnly(identity.publicKey(), new String(bytes, StandardCharsets.ISO_8859_1));
      SecretFile.replace(COPY, identity);
      try (IdentityKeyPair copy = SecretFile.read(COPY, Backends.fastest())) {
        assertArrayEquals(seed, copy.exportSeed());
        assertEquals(identity.publicKey(), copy.publicKey());
      }
    } catch (InvalidSecretFileException e) {
      String beginning = "The key file " + FILE + " cannot be used: ";
      assertTrue(e.getMessage().startsWith(beginning), e.getMessage());
      Secrecy.assertRepeatsNoSecret(
          e.getMessage().substring(beginning.length()),
          new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }

  /** Checks that all keys of a file without comments and escapes are the one. */
  private static void assertNamesOnly(IdentityKey key, String content) {
    if (content.indexOf('#') < 0 && content.indexOf('\\') < 0) {
      PUBLIC_KEY
          .matcher(content)
          .results()
          .forEach(found -> assertEquals(key.toBase64(), found.group(1)));
    }
  }
}
