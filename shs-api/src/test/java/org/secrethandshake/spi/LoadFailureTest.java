package org.secrethandshake.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LoadFailureTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of("the class a.B is missing", new NoClassDefFoundError("a/B")),
        Arguments.of("the class a.B is missing", new ClassNotFoundException("a.B")),
        Arguments.of(
            "Could not initialize class a.B",
            new NoClassDefFoundError("Could not initialize class a.B")),
        Arguments.of(
            "the method find is missing",
            new NoSuchMethodError("'java.io.File a.B.find(java.lang.String, byte[])'")),
        Arguments.of("the field D is missing", new NoSuchFieldError("D")),
        Arguments.of("two lines", new UnsatisfiedLinkError(" two\n  lines ")),
        Arguments.of("stack overflow", new StackOverflowError()),
        Arguments.of("exception", new Exception()),
        Arguments.of("below", new ExceptionInInitializerError(new IllegalStateException("below"))));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysInWordsWhatIsAtTheBottom(String words, Throwable failure) {
    assertEquals(words, LoadFailure.of(failure).inWords());
    assertEquals(words, LoadFailure.of(new RuntimeException("around it", failure)).inWords());
  }

  @ParameterizedTest
  @CsvSource({
    "java/util/logging/Logger, java.logging",
    "javax/naming/Context, java.naming",
    "java/awt/Component, java.desktop",
    "java/compiler/Unknown, of the JDK that has java.compiler",
  })
  void namesTheModuleThatTheRuntimeLacks(String className, String module) {
    Throwable failure = new RuntimeException(new NoClassDefFoundError(className));

    assertEquals(
        "This Java runtime lacks the module "
            + module
            + ", which Bread needs. An image made by jlink has only the modules that it was given:"
            + " name this one, too, after --add-modules.",
        LoadFailure.of(failure).missingModule("Bread").orElseThrow());
  }

  @Test
  void blamesNoModuleForAClassOfALibrary() {
    LoadFailure failure = LoadFailure.of(new NoClassDefFoundError("javax/annotation/Nonnull"));

    assertEquals(Optional.empty(), failure.missingModule("Bread"));
    assertEquals(Optional.of("javax.annotation.Nonnull"), failure.missingClass());
  }

  @Test
  void seesTheFirstFailureOfAClassThatIsUsedAgain() {
    assertThrows(NoClassDefFoundError.class, Uninitializable::use);
    LoadFailure second =
        LoadFailure.of(assertThrows(NoClassDefFoundError.class, Uninitializable::use));

    assertEquals("a class of the module java.logging is missing", second.inWords());
    assertTrue(second.missingModule("Bread").orElseThrow().contains(" java.logging, "));
  }

  private static final class Uninitializable {
    static {
      fail();
    }

    static void use() {}

    // As the initializer of a library in a runtime without this class.
    private static void fail() {
      throw new NoClassDefFoundError("java/util/logging/Logger");
    }
  }

  @Test
  void looksAtEveryLayerAndNotForEver() {
    Exception outer = new Exception("outer");
    outer.initCause(new Exception("inner", outer));

    assertTrue(LoadFailure.of(new Exception(new Error())).is(Error.class));
    assertFalse(LoadFailure.of(outer).is(Error.class));
  }
}
