package org.secrethandshake.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.crypto.primitives.XSalsa20Poly1305;

/**
 * Secrets are compared by {@link java.security.MessageDigest#isEqual}, by construction: whoever
 * calls a comparison that stops at the first difference is listed here, with the public values that
 * it compares.
 */
class ConstantTimeTest {
  private static final String CONSTANT_TIME = "java/security/MessageDigest.isEqual";

  private static final Set<String> STOPS_EARLY =
      Set.of("java/util/Arrays.equals", "java/util/Arrays.mismatch", "java/util/Arrays.compare");

  /** Classes that compare public values only. */
  private static final Map<String, String> PUBLIC_VALUES =
      Map.of(
          "org/secrethandshake/IdentityKey", "public keys",
          "org/secrethandshake/crypto/primitives/FieldElement", "coordinates of public keys",
          "org/secrethandshake/spi/KnownAnswers", "published answers",
          "org/secrethandshake/handshake/Encodings", "encodings that are never valid",
          "org/secrethandshake/handshake/Notation", "ephemeral public keys",
          "org/secrethandshake/identity/SecretFileFormat", "public keys and names");

  /** Classes that compare secrets, or tags that an attacker must not learn byte by byte. */
  private static final Set<String> SECRETS =
      Set.of(
          "org/secrethandshake/handshake/Notation",
          "org/secrethandshake/identity/CanonicalBase64",
          "org/secrethandshake/identity/NetAddress",
          "org/secrethandshake/crypto/primitives/XSalsa20Poly1305");

  @Test
  void secretsAreComparedInConstantTime() throws Exception {
    Map<String, Set<String>> calls = new HashMap<>();
    for (Class<?> type : List.of(IdentityKey.class, SecretFile.class, XSalsa20Poly1305.class)) {
      calls.putAll(
          callsOf(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())));
    }
    assertTrue(calls.size() > 80, "classes found: " + calls.size());
    assertEquals(SECRETS, callersOf(Set.of(CONSTANT_TIME), calls));
    assertEquals(new TreeSet<>(PUBLIC_VALUES.keySet()), callersOf(STOPS_EARLY, calls));
  }

  private static Set<String> callersOf(Collection<String> methods, Map<String, Set<String>> calls) {
    return calls.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(methods::contains))
        .map(entry -> entry.getKey().replaceAll("\\$.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The calls of all classes of a folder or a jar. */
  private static Map<String, Set<String>> callsOf(Path place) throws IOException {
    if (Files.isDirectory(place)) {
      return callsIn(place);
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return callsIn(jar.getPath("/"));
    }
  }

  private static Map<String, Set<String>> callsIn(Path classes) throws IOException {
    Map<String, Set<String>> calls = new HashMap<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
        String name = classes.relativize(file).toString().replace('\\', '/');
        calls.put(name.substring(0, name.length() - 6), methodsIn(Files.readAllBytes(file)));
      }
    }
    return calls;
  }

  /** The methods that a class file's constant pool names (JVM specification, section 4.4). */
  private static Set<String> methodsIn(byte[] classFile) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.skipNBytes(8);
    int count = in.readUnsignedShort();
    String[] texts = new String[count];
    int[][] pairs = new int[count][];
    Set<Integer> methods = new HashSet<>();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 5, 6 -> {
          in.skipNBytes(8);
          i++;
        }
        case 7, 8, 16, 19, 20 -> pairs[i] = new int[] {in.readUnsignedShort()};
        case 15 -> in.skipNBytes(3);
        case 3, 4 -> in.skipNBytes(4);
        default -> {
          pairs[i] = new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
          if (tag == 10 || tag == 11) {
            methods.add(i);
          }
        }
      }
    }
    return methods.stream()
        .map(i -> texts[pairs[pairs[i][0]][0]] + "." + texts[pairs[pairs[i][1]][0]])
        .collect(Collectors.toSet());
  }
}
