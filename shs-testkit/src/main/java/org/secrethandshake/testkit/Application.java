package org.secrethandshake.testkit;

import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.KnownAnswers;
import org.secrethandshake.spi.SecretBox;

/**
 * An application in a class loader of its own, as in a server that can unload it. The calling
 * thread is one of the server's: it stays.
 */
final class Application {
  private static final int ATTEMPTS = 100;
  private static final int MILLISECONDS_BETWEEN = 20;

  private final WeakReference<ClassLoader> held;
  private @Nullable URLClassLoader loader;

  private Application(URLClassLoader loader) {
    this.loader = loader;
    this.held = new WeakReference<>(loader);
  }

  /** An application that has libraries of its own. */
  static Application withLibraries() throws MalformedURLException {
    return new Application(libraries());
  }

  /** An application that finds its libraries in a loader which it shares with others. */
  static Application over(ClassLoader shared) {
    return new Application(new ProgramFirst(shared));
  }

  /** Returns a loader that sees what the tests see, each class anew. */
  static URLClassLoader libraries() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : ForkedJava.entries()) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(
        "libraries", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /** Calls a backend's operations, then leaves the application for good. */
  void use(String providerClass) throws Exception {
    Thread server = Thread.currentThread();
    ClassLoader before = server.getContextClassLoader();
    try (URLClassLoader application = Objects.requireNonNull(loader)) {
      loader = null;
      server.setContextClassLoader(application);
      program(application, providerClass).run();
    } finally {
      server.setContextClassLoader(before);
    }
  }

  private static Runnable program(ClassLoader application, String providerClass)
      throws ReflectiveOperationException {
    return Class.forName(Program.class.getName(), true, application)
        .asSubclass(Runnable.class)
        .getDeclaredConstructor(String.class)
        .newInstance(providerClass);
  }

  /** Tells whether nothing holds the loader any more. */
  boolean isGone() throws InterruptedException {
    for (int i = 0; i < ATTEMPTS && held.get() != null; i++) {
      System.gc();
      Thread.sleep(MILLISECONDS_BETWEEN);
    }
    return held.get() == null;
  }

  /** What the application does. Public, as it is called from outside of its class loader. */
  public static final class Program implements Runnable {
    private final String providerClass;

    /** For reflection. */
    public Program(String providerClass) {
      this.providerClass = providerClass;
    }

    @Override
    public void run() {
      try {
        CryptoProvider crypto =
            Class.forName(providerClass)
                .asSubclass(CryptoProvider.class)
                .getDeclaredConstructor()
                .newInstance();
        if (crypto.unavailability().isPresent() || KnownAnswers.firstWrong(crypto).isPresent()) {
          throw new AssertionError(providerClass + " does not work here");
        }
        int length = 4096;
        SecretBox dropped = crypto.secretBox(new byte[SecretBox.KEY_BYTES]);
        dropped.seal(
            new byte[SecretBox.NONCE_BYTES], new byte[SecretBox.TAG_BYTES + length], 0, length);
      } catch (ReflectiveOperationException broken) {
        throw new LinkageError(providerClass, broken);
      }
    }
  }

  /** Defines the program itself, which its parent has, too. */
  private static final class ProgramFirst extends URLClassLoader {
    ProgramFirst(ClassLoader parent) {
      super(
          "application",
          new URL[] {Program.class.getProtectionDomain().getCodeSource().getLocation()},
          parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Program.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
