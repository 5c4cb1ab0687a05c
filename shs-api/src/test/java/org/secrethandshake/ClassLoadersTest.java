package org.secrethandshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * Backends in plug-ins: a class loader that holds this library and a backend, and threads whose
 * context class loader is another one.
 */
class ClassLoadersTest {
  private static final String ALPHA = InstalledProviders.Alpha.class.getName();
  private static final String BETA = InstalledProviders.Beta.class.getName();

  @TempDir private Path folder;
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void findsTheBackendOfAPluginWhoseContextClassLoaderDoesNotSeeIt() throws Exception {
    try (URLClassLoader plugin = plugin(ALPHA)) {
      Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
      assertEquals("[alpha] alpha", ask(plugin));
    }
  }

  @Test
  void findsTheBackendOfAPluginInAThreadOfTheCommonPool() throws Exception {
    try (URLClassLoader plugin = plugin(ALPHA)) {
      assertEquals("[alpha] alpha", ForkJoinPool.commonPool().submit(() -> ask(plugin)).get());
    }
  }

  @Test
  void findsTheBackendOfAPluginWithoutAnyContextClassLoader() throws Exception {
    try (URLClassLoader plugin = plugin(ALPHA)) {
      Thread.currentThread().setContextClassLoader(null);
      assertEquals("[alpha] alpha", ask(plugin));
    }
  }

  /** The thread of a server that serves several applications, each with copies of its own. */
  @Test
  void passesOverTheBackendOfAnotherApplication() throws Exception {
    try (URLClassLoader plugin = plugin(ALPHA);
        URLClassLoader other = plugin(BETA)) {
      Thread.currentThread().setContextClassLoader(other);
      assertEquals("[alpha] alpha", ask(plugin));
    }
  }

  @Test
  void listsABackendOnceThatBothLoadersSee() throws Exception {
    try (URLClassLoader shared = plugin(ALPHA);
        URLClassLoader application = new URLClassLoader(new URL[0], shared)) {
      Thread.currentThread().setContextClassLoader(application);
      assertEquals("[alpha] alpha", ask(shared));
    }
  }

  /** An application that has its own copy of a jar beside the one that is shared. */
  @Test
  void listsABackendOnceOfWhichEachLoaderHasItsOwnCopy() throws Exception {
    try (URLClassLoader shared = plugin(ALPHA);
        URLClassLoader application =
            new OwnCopyFirst(shared, ALPHA, FakeProvider.class.getName())) {
      Thread.currentThread().setContextClassLoader(application);
      assertEquals("[alpha] alpha", ask(shared));
    }
  }

  @Test
  void findsWhatAnApplicationAddsToASharedLibrary() throws Exception {
    try (URLClassLoader shared = plugin(ALPHA);
        URLClassLoader application = new URLClassLoader(new URL[] {services(BETA)}, shared)) {
      Thread.currentThread().setContextClassLoader(application);
      assertTrue(ask(shared).startsWith("[alpha, beta] Installed: "), () -> ask(shared));
    }
  }

  @Test
  void countsAnUnloadableBackendOnceThatBothLoadersSee() throws Exception {
    try (URLClassLoader shared = plugin("org.secrethandshake.NoSuchClass");
        URLClassLoader application = new URLClassLoader(new URL[0], shared)) {
      Thread.currentThread().setContextClassLoader(application);
      assertEquals(
          "[unloadable] The crypto backend 'unloadable' is installed but not available: A crypto"
              + " backend is registered and cannot be loaded: Provider"
              + " org.secrethandshake.NoSuchClass not found.",
          ask(shared));
    }
  }

  @Test
  void namesTheLoadersWhenNoneIsFound() throws Exception {
    try (URLClassLoader plugin = plugin();
        URLClassLoader other = new URLClassLoader("another", new URL[0], null)) {
      Thread.currentThread().setContextClassLoader(other);
      assertEquals(
          "[] No crypto backend is installed. Add one to the class path or module path, such as"
              + " org.secrethandshake:shs-crypto-bouncycastle. Searched: the context class loader"
              + " of this thread, 'another', which does not see this copy of shs-api; the class"
              + " loader of this library, 'plug-in'.",
          ask(plugin));
    }
  }

  @Test
  void saysThatABackendWasMergedIntoAJarWithoutItsServicesFile() throws Exception {
    compile("TinkCryptoProvider", "org.secrethandshake.crypto.tink");
    String sentence =
        "The classes of tink are there, but no file in META-INF/services lists them: whoever"
            + " merges jars into one must merge these files, too.";
    try (URLClassLoader merged = plugin()) {
      assertTrue(ask(merged).contains("installed. " + sentence), () -> ask(merged));
      assertTrue(named(merged, "tink").contains("None is installed. " + sentence));
      assertTrue(
          named(merged, "sodium").contains("Add org.secrethandshake:shs-crypto-sodium to the"));
    }
  }

  private void compile(String className, String packageName) throws IOException {
    Path source = folder.resolve(className + ".java");
    Files.writeString(
        source,
        "package %s; public abstract class %s implements %s {}"
            .formatted(packageName, className, CryptoProvider.class.getName()));
    String classPath = System.getProperty("java.class.path");
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                folder.toString(),
                source.toString());
    assertEquals(0, result);
  }

  /** A loader of its own for this library, with these backends registered. */
  private URLClassLoader plugin(String... classNames) throws IOException {
    return new URLClassLoader(
        "plug-in",
        new URL[] {
          place(CryptoProviders.class), place(ClassLoadersTest.class), services(classNames)
        },
        ClassLoader.getPlatformClassLoader());
  }

  private URL services(String... classNames) throws IOException {
    Path place = classNames.length == 0 ? folder : Files.createTempDirectory(folder, "services");
    if (classNames.length > 0) {
      Path services = Files.createDirectories(place.resolve("META-INF/services"));
      Files.write(services.resolve(CryptoProvider.class.getName()), List.of(classNames));
    }
    return place.toUri().toURL();
  }

  private static URL place(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** What is installed, and which one is chosen, as the library in that loader sees it. */
  private static String ask(ClassLoader plugin) {
    return call(plugin, "");
  }

  private static String named(ClassLoader plugin, String name) {
    return call(plugin, name);
  }

  private static String call(ClassLoader plugin, String name) {
    try {
      Class<?> program = Class.forName(Program.class.getName(), true, plugin);
      @SuppressWarnings("unchecked")
      Function<String, String> question =
          (Function<String, String>) program.getDeclaredConstructor().newInstance();
      return question.apply(name);
    } catch (ReflectiveOperationException broken) {
      throw new AssertionError(broken);
    }
  }

  /** Runs in the plug-in, where all names of this library mean other classes. */
  public static final class Program implements Function<String, String> {
    /** For reflection. */
    public Program() {}

    @Override
    public String apply(String name) {
      String installed =
          CryptoProviders.installed().stream()
              .map(CryptoProvider::name)
              .collect(Collectors.joining(", ", "[", "] "));
      try {
        return installed
            + (name.isEmpty() ? CryptoProviders.onlyInstalled() : CryptoProviders.named(name))
                .name();
      } catch (CryptoProviderException refusal) {
        return installed + refusal.getMessage();
      }
    }
  }

  /** Defines some classes itself that its parent has, too, as the loaders of web servers do. */
  private static final class OwnCopyFirst extends URLClassLoader {
    private final List<String> own;

    OwnCopyFirst(URLClassLoader parent, String... own) {
      super(parent.getURLs(), parent);
      this.own = List.of(own);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!own.contains(name)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
