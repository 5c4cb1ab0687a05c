package org.secrethandshake.benchmarks.beside;

/**
 * Something could not be measured here. The message is a sentence for the reader of the report:
 * what is missing or went wrong, and what to do.
 */
final class NotMeasuredException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  NotMeasuredException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  NotMeasuredException(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  /** The message, which is always there. */
  String sentence() {
    return sentence;
  }
}
