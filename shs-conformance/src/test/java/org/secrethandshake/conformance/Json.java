package org.secrethandshake.conformance;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** JSON whose names are in snake case and whose byte arrays are hexadecimal. */
final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .registerTypeAdapter(byte[].class, new Hex())
          .create();

  private Json() {}

  static <T> T read(Path file, Class<T> type) {
    try (Reader reader = Files.newBufferedReader(file)) {
      return GSON.fromJson(reader, type);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }

  static <T> T parse(String text, Class<T> type) {
    return GSON.fromJson(text, type);
  }

  private static final class Hex extends TypeAdapter<byte[]> {
    @Override
    public byte[] read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return null;
      }
      return HexFormat.of().parseHex(in.nextString());
    }

    @Override
    public void write(JsonWriter out, byte[] value) throws IOException {
      out.value(HexFormat.of().formatHex(value));
    }
  }
}
