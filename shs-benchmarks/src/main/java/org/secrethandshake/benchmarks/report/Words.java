package org.secrethandshake.benchmarks.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.secrethandshake.benchmarks.results.Figure;

/** Titles, lists and dates, as a sentence has them. */
final class Words {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Words() {}

  static String date(Instant date) {
    return DATE.format(date);
  }

  /** A figure where its section is not the heading. */
  static String title(Figure figure) {
    String title = figure.section().title();
    return figure.variant().isEmpty() ? title : title + ", " + figure.variant();
  }

  static String and(List<String> words) {
    return joined(words, "and");
  }

  static String or(List<String> words) {
    return joined(words, "or");
  }

  static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  static String shortened(String word, int length) {
    return word.length() <= length ? word : word.substring(0, length - 2) + "..";
  }

  /** Breaks a sentence at its spaces, with no line feed at the end. */
  static String wrapped(String sentence, int width) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String word : sentence.split(" ", -1)) {
      boolean fits = column + 1 + word.length() <= width;
      text.append(column == 0 ? "" : fits ? " " : "\n").append(word);
      column = (column == 0 || !fits ? 0 : column + 1) + word.length();
    }
    return text.toString();
  }

  private static String joined(List<String> words, String conjunction) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : "%s %s %s"
            .formatted(String.join(", ", words.subList(0, last)), conjunction, words.get(last));
  }
}
