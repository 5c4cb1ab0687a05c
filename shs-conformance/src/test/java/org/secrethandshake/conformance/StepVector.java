package org.secrethandshake.conformance;

import static org.secrethandshake.conformance.Formulas.concat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.secrethandshake.spi.CryptoProvider;

/**
 * One call of a function of the reference, as the npm package {@code test-secret-handshake} records
 * it. {@code args[0]} is one side's state, as it was <b>after</b> the call.
 */
record StepVector(int number, String function, JsonArray args, JsonElement result) {
  private static final String DATA = "node_modules/test-secret-handshake/data.json";

  static List<StepVector> all() {
    List<StepVector> vectors = new ArrayList<>();
    for (JsonElement element : Json.read(Project.INTEROP.resolve(DATA), JsonArray.class)) {
      JsonObject call = element.getAsJsonObject();
      vectors.add(
          new StepVector(
              vectors.size(),
              call.get("name").getAsString(),
              call.getAsJsonArray("args"),
              call.get("result")));
    }
    return vectors;
  }

  /** Whether the function refused the message. */
  boolean isRefusal() {
    return result.isJsonNull();
  }

  /** The message that the function was given. */
  byte[] message() {
    return hex(args.get(1));
  }

  /** The bytes that the function returned. */
  byte[] output() {
    return hex(result);
  }

  /** A field of the state that the function returned, such as {@code remote.publicKey}. */
  byte[] outcome(String path) {
    return find(result, path).orElseThrow(() -> new AssertionError(this + " has no " + path));
  }

  /** A field of the state that the function was given. */
  byte[] state(String path) {
    return stateIfAny(path).orElseThrow(() -> new AssertionError(this + " has no " + path));
  }

  Optional<byte[]> stateIfAny(String path) {
    return find(args.get(0), path);
  }

  byte[] network() {
    return state("app_key");
  }

  /** The seed of this side's identity: the first half of its secret key. */
  byte[] seed() {
    return Arrays.copyOf(state("local.secretKey"), CryptoProvider.SEED_BYTES);
  }

  byte[] remoteHello() {
    return concat(state("remote.app_mac"), state("remote.kx_pk"));
  }

  private static Optional<byte[]> find(JsonElement root, String path) {
    JsonElement element = root;
    for (String name : path.split("\\.")) {
      if (element == null || element.isJsonNull()) {
        return Optional.empty();
      }
      element = element.getAsJsonObject().get(name);
    }
    return element == null || element.isJsonNull() ? Optional.empty() : Optional.of(hex(element));
  }

  private static byte[] hex(JsonElement element) {
    return HexFormat.of().parseHex(element.getAsString());
  }

  @Override
  public String toString() {
    return function + " " + number;
  }
}
