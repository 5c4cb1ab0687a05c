package org.secrethandshake.conformance;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.spi.CryptoProvider;

/**
 * What the pure-Java modules tell GraalVM's {@code native-image}: whether it names things that
 * exist, and all backends. Whether an image built with it works is not shown here.
 */
class ReachabilityMetadataTest {
  private static final String SERVICE = "META-INF/services/" + CryptoProvider.class.getName();

  @ParameterizedTest
  @ValueSource(strings = {"shs-api", "shs-core", "shs-crypto-bouncycastle", "shs-crypto-tink"})
  void namesOnlyWhatExists(String artifact) throws Exception {
    JsonObject metadata = metadata(artifact);
    assertEquals(
        Set.of(),
        minus(metadata.keySet(), Set.of("comment", "reflection", "resources")),
        "unknown sections");
    for (JsonObject entry : section(metadata, "reflection").toList()) {
      Class<?> type = Class.forName(entry.get("type").getAsString());
      for (JsonObject method : section(entry, "methods").toList()) {
        requireMethod(type, method);
      }
      for (JsonObject field : section(entry, "fields").toList()) {
        String name = field.get("name").getAsString();
        assertDoesNotThrow(() -> type.getDeclaredField(name));
      }
    }
    for (JsonObject resource : section(metadata, "resources").toList()) {
      String path = resource.get("glob").getAsString();
      assertNotNull(getClass().getClassLoader().getResource(path), path);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shs-crypto-bouncycastle", "shs-crypto-tink"})
  void namesTheConstructorOfEachRegisteredBackend(String artifact) throws Exception {
    Set<String> constructed =
        section(metadata(artifact), "reflection")
            .filter(
                entry ->
                    section(entry, "methods")
                        .anyMatch(method -> method.get("name").getAsString().equals("<init>")))
            .map(entry -> entry.get("type").getAsString())
            .collect(toSet());

    assertEquals(Set.copyOf(Files.readAllLines(resources(artifact).resolve(SERVICE))), constructed);
  }

  private static void requireMethod(Class<?> type, JsonObject method) {
    assertEquals(0, method.getAsJsonArray("parameterTypes").size(), "parameters are not looked at");
    String name = method.get("name").getAsString();
    if (name.equals("<init>")) {
      assertDoesNotThrow(() -> type.getConstructor());
    } else if (name.equals("newVirtualThreadPerTaskExecutor")) {
      assertEquals(
          Runtime.version().feature() >= 21,
          Stream.of(type.getMethods()).anyMatch(found -> found.getName().equals(name)),
          "of JDK 21 and newer");
    } else {
      assertDoesNotThrow(() -> type.getMethod(name));
    }
  }

  private static JsonObject metadata(String artifact) throws IOException {
    Path file =
        resources(artifact)
            .resolve("META-INF/native-image/org.secrethandshake")
            .resolve(artifact)
            .resolve("reachability-metadata.json");
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private static Path resources(String artifact) {
    return Project.ROOT.resolve(artifact).resolve("src/main/resources");
  }

  private static Stream<JsonObject> section(JsonObject parent, String name) {
    return parent.has(name)
        ? StreamSupport.stream(parent.getAsJsonArray(name).spliterator(), false)
            .map(JsonElement::getAsJsonObject)
        : Stream.of();
  }

  private static Set<String> minus(Set<String> all, Set<String> known) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(known);
    return rest;
  }
}
