package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.KnownAnswers;

/**
 * A provider as a module: in a JVM of its own, whose module path is the class path of the tests, it
 * is found by its name and gives the known answers.
 */
public abstract class ModulePathContract {
  /** Called by subclasses. */
  protected ModulePathContract() {}

  /** Returns the provider under test. */
  protected abstract CryptoProvider provider();

  /** Returns the name of its module: the provider's package, unless this is overridden. */
  protected String moduleName() {
    return provider().getClass().getPackageName();
  }

  @Test
  void isFoundAndWorksAsAModule() throws Exception {
    String name = provider().name();
    String here = ForkedJava.placeOf(Program.class);
    Predicate<String> isModule = entry -> !entry.equals(here) && !entry.endsWith("test-classes");

    String output =
        ForkedJava.run(
            "--module-path",
            ForkedJava.classPath(isModule),
            "--add-modules",
            "org.secrethandshake",
            "--class-path",
            here,
            Program.class.getName(),
            name);

    assertEquals(name + " of " + moduleName() + ": nothing wrong", output);
  }

  /** Runs in a JVM of its own. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      CryptoProvider provider = CryptoProviders.named(arguments[0]);
      System.out.println(
          provider.name()
              + " of "
              + provider.getClass().getModule().getName()
              + ": "
              + KnownAnswers.firstWrong(provider).orElse("nothing")
              + " wrong");
    }
  }
}
