package org.secrethandshake.spi;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why a library could not be loaded or linked, in words: for backends that say so by {@link
 * CryptoProvider#unavailability()}.
 *
 * <p>Libraries fail in layers: a missing module of the JDK is a missing class, inside a failed
 * initializer, inside the exception of an operation. What counts is at the bottom.
 *
 * <p>Immutable and thread-safe.
 */
public final class LoadFailure {
  /** Packages of the JDK that libraries need and a runtime image may lack, and their modules. */
  private static final Map<String, String> MODULES =
      Map.of(
          "java.util.logging.", "java.logging",
          "java.sql.", "java.sql",
          "javax.naming.", "java.naming",
          "java.awt.", "java.desktop",
          "java.beans.", "java.desktop",
          "java.net.http.", "java.net.http",
          "java.lang.management.", "java.management",
          "javax.management.", "java.management",
          "sun.misc.", "jdk.unsupported");

  private static final Pattern REMEMBERED =
      Pattern.compile("Exception ([\\w.$]+):? (.*) \\[in thread \".*\"]", Pattern.DOTALL);

  /** Against causes that run in a circle. */
  private static final int MOST_LAYERS = 100;

  private final Throwable failure;

  private LoadFailure(Throwable failure) {
    this.failure = failure;
  }

  /** Looks at what was thrown when a library was loaded or first used. */
  public static LoadFailure of(Throwable failure) {
    return new LoadFailure(failure);
  }

  /** Tells whether the failure, or what caused it, is of a type. */
  public boolean is(Class<? extends Throwable> type) {
    return causes().anyMatch(type::isInstance);
  }

  /** Returns the name of the class that is missing, if that is the reason. */
  public Optional<String> missingClass() {
    return causes()
        .filter(LoadFailure::namesAClass)
        .map(cause -> String.valueOf(cause.getMessage()).replace('/', '.'))
        // A class whose initializer failed earlier is reported as missing, in a sentence.
        .filter(name -> !name.contains(" "))
        .findFirst();
  }

  /**
   * Returns the sentences for a runtime that lacks a module of the JDK, if that is the reason.
   *
   * @param library what needs the module, such as {@code Bouncy Castle}
   */
  public Optional<String> missingModule(String library) {
    return missingClass()
        .flatMap(LoadFailure::module)
        .map(
            module ->
                "This Java runtime lacks the module %s, which %s needs. An image made by jlink has only the modules that it was given: name this one, too, after --add-modules."
                    .formatted(module, library));
  }

  private static Optional<String> module(String className) {
    return MODULES.entrySet().stream()
        .filter(entry -> className.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .or(
            () ->
                className.startsWith("java.")
                    ? Optional.of("of the JDK that has " + packageOf(className))
                    : Optional.empty());
  }

  private static String packageOf(String className) {
    return className.substring(0, className.lastIndexOf('.'));
  }

  /**
   * Says in a few words what is at the bottom of the failure, on one line and without the name of
   * an exception.
   */
  public String inWords() {
    Throwable root = causes().reduce(failure, (outer, inner) -> inner);
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return nameInWords(root);
    }
    String line = message.strip().replaceAll("\\s+", " ");
    if (namesAClass(root) && !line.contains(" ")) {
      String className = line.replace('/', '.');
      return module(className)
          .map(module -> "a class of the module " + module + " is missing")
          .orElse("the class " + className + " is missing");
    }
    if (root instanceof NoSuchMethodError) {
      return "the method " + line.replaceAll("^.*?([^. ]+)\\(.*$", "$1") + " is missing";
    }
    return root instanceof NoSuchFieldError ? "the field " + line + " is missing" : line;
  }

  /** Returns the failure's own sentence, as a backend gives one, or what can be said in words. */
  public String sentence() {
    String message = failure.getMessage();
    return message == null ? inWords() : message;
  }

  // "StackOverflowError" becomes "stack overflow".
  private static String nameInWords(Throwable cause) {
    return cause
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=.)(Error|Exception)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  private static boolean namesAClass(Throwable cause) {
    return cause.getMessage() != null
        && (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException);
  }

  private Stream<Throwable> causes() {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MOST_LAYERS)
        .map(LoadFailure::remembered);
  }

  // The second use of a class whose initializer failed tells of the first failure only in a text.
  private static Throwable remembered(Throwable cause) {
    Matcher text = REMEMBERED.matcher(String.valueOf(cause.getMessage()));
    if (!(cause instanceof ExceptionInInitializerError) || !text.matches()) {
      return cause;
    }
    String message = text.group(2);
    return switch (text.group(1)) {
      case "java.lang.NoClassDefFoundError" -> new NoClassDefFoundError(message);
      case "java.lang.NoSuchMethodError" -> new NoSuchMethodError(message);
      case "java.lang.UnsatisfiedLinkError" -> new UnsatisfiedLinkError(message);
      case "java.lang.IllegalCallerException" -> new IllegalCallerException(message);
      default -> new LinkageError(message);
    };
  }
}
