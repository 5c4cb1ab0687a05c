package org.secrethandshake.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.function.Function;

/** {@link Results} as JSON, in the form of its records. */
final class ResultsJson {
  private static final Gson GSON =
      new GsonBuilder()
          .registerTypeAdapter(Instant.class, text(Instant::parse))
          .registerTypeAdapter(Duration.class, text(Duration::parse))
          .registerTypeAdapter(OptionalDouble.class, new OptionalNumber())
          .serializeNulls()
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create();

  private ResultsJson() {}

  static String write(Results results) {
    return GSON.toJson(results);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws JsonParseException if it is anything else
   */
  static Results read(String json) {
    Results results;
    try {
      results = GSON.fromJson(json, Results.class);
    } catch (RuntimeException e) {
      throw new JsonParseException("This is not the results.json of a report.", e);
    }
    if (results == null) {
      throw new JsonParseException("This results.json is empty.");
    }
    return results;
  }

  private static <T> TypeAdapter<T> text(Function<String, T> parse) {
    return new TypeAdapter<>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        out.value(value.toString());
      }

      @Override
      public T read(JsonReader in) throws IOException {
        return parse.apply(in.nextString());
      }
    };
  }

  /** A number, or null. */
  private static final class OptionalNumber extends TypeAdapter<OptionalDouble> {
    @Override
    public void write(JsonWriter out, OptionalDouble value) throws IOException {
      if (value.isPresent()) {
        out.value(value.getAsDouble());
      } else {
        out.nullValue();
      }
    }

    @Override
    public OptionalDouble read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return OptionalDouble.empty();
      }
      return OptionalDouble.of(in.nextDouble());
    }
  }
}
