package org.secrethandshake.cli;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.secrethandshake.IdentityKey;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options, and says in words what is wrong with one. */
final class Conversions {
  private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(1_000_000_000);
  private static final int NANOS_DIGITS = 9;

  private Conversions() {}

  static void register(CommandLine command) {
    command
        .registerConverter(int.class, Conversions::number)
        .registerConverter(Path.class, Conversions::path)
        .registerConverter(Duration.class, Conversions::seconds)
        .registerConverter(IdentityKey.class, Conversions::identityKey)
        .registerConverter(PlainEndpoint.class, Conversions::endpoint);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'%s' is not a whole number.".formatted(text));
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "no file can have the name '%s' in the locale of this terminal.".formatted(text));
    }
  }

  private static Duration seconds(String text) {
    try {
      BigDecimal seconds = new BigDecimal(text);
      if (seconds.signum() > 0 && seconds.compareTo(MAX_SECONDS) <= 0) {
        return Duration.ofNanos(Math.max(1, seconds.scaleByPowerOfTen(NANOS_DIGITS).longValue()));
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new TypeConversionException(
        "'%s' is not a positive number of seconds, such as 5 or 0.5.".formatted(text));
  }

  private static PlainEndpoint endpoint(String text) {
    try {
      return PlainEndpoint.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static IdentityKey identityKey(String text) {
    try {
      return IdentityKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage() + ".");
    }
  }
}
