package org.secrethandshake;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Makes providers look installed to the current thread, until closed, by a services file in a
 * folder of their own and a context class loader that sees it.
 */
final class InstalledProviders implements AutoCloseable {
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private final URLClassLoader loader;

  InstalledProviders(Path folder, List<String> classNames) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(services.resolve(CryptoProvider.class.getName()), classNames);
    loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before);
    Thread.currentThread().setContextClassLoader(loader);
  }

  @Override
  public void close() throws IOException {
    Thread.currentThread().setContextClassLoader(before);
    loader.close();
  }

  /** One that works. */
  public static final class Alpha extends FakeProvider {
    /** For the service loader. */
    public Alpha() {
      super("alpha");
    }
  }

  /** Another that works. */
  public static final class Beta extends FakeProvider {
    /** For the service loader. */
    public Beta() {
      super("beta");
    }
  }

  /** One that has the name of another. */
  public static final class SecondAlpha extends FakeProvider {
    /** For the service loader. */
    public SecondAlpha() {
      super("alpha");
    }
  }

  /** One that is installed but cannot be used. */
  public static final class Unavailable extends FakeProvider {
    private final Throwable cause = new UnsatisfiedLinkError("libfake is not there; install it");

    /** For the service loader. */
    public Unavailable() {
      super("unavailable");
    }

    @Override
    public Optional<Throwable> unavailability() {
      return Optional.of(cause);
    }
  }

  /** One that cannot be used and gives no sentence about it. */
  public static final class Speechless extends FakeProvider {
    /** For the service loader. */
    public Speechless() {
      super("speechless");
    }

    @Override
    public Optional<Throwable> unavailability() {
      return Optional.of(new StackOverflowError());
    }
  }

  /** One that breaks the rule that constructors do not fail. */
  public static final class ThrowingConstructor extends FakeProvider {
    /** For the service loader. */
    public ThrowingConstructor() {
      super("throwing");
      throw new IllegalStateException("thrown by the constructor");
    }
  }

  /** One whose class cannot be initialized. */
  public static final class ThrowingInitializer extends FakeProvider {
    private static final int BROKEN = Integer.parseInt("broken");

    /** For the service loader. */
    public ThrowingInitializer() {
      super("initializer " + BROKEN);
    }
  }
}
