package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** After the last channel is closed, nothing of ours holds the application's class loader. */
class RedeployTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void letsTheClassLoaderOfAnApplicationGo() throws Exception {
    WeakReference<ClassLoader> gone = useAndDrop();
    long end = System.nanoTime() + SOON.toNanos();
    while (gone.get() != null && System.nanoTime() < end) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertNull(gone.get(), "something still holds the class loader");
  }

  private static WeakReference<ClassLoader> useAndDrop() throws Exception {
    URL[] path =
        Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
            .map(RedeployTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader application =
        new URLClassLoader("application", path, ClassLoader.getPlatformClassLoader())) {
      Runnable program =
          (Runnable)
              application.loadClass(Program.class.getName()).getDeclaredConstructor().newInstance();
      FutureTask<Boolean> run = new FutureTask<>(program, true);
      Thread thread = new Thread(run, "application");
      thread.setContextClassLoader(application);
      thread.start();
      thread.join();
      run.get();
      return new WeakReference<>(application);
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (java.net.MalformedURLException e) {
      throw new AssertionError(e);
    }
  }

  /** Uses a server with a blocking authorizer, channels with every limit, and a pair. */
  public static final class Program implements Runnable {
    @Override
    public void run() {
      try (SecretServer server =
          SecretServer.builder(Peers.SERVER)
              .authorizer(java.util.Optional::of)
              .handler(channel -> channel.inputStream().transferTo(channel.outputStream()))
              .start(Peers.anyPort())) {
        try (SecretChannel channel =
            Peers.CLIENT.connect(
                org.secrethandshake.identity.MultiserverAddress.of(
                    "127.0.0.1", server.localAddress().getPort(), Peers.BOB.publicKey()))) {
          channel.readTimeout(Duration.ofHours(1));
          channel.writeTimeout(Duration.ofHours(1));
          channel.idleTimeout(Duration.ofHours(1));
          channel.write(ByteBuffer.wrap(new byte[] {1}));
          channel.read(ByteBuffer.allocate(9));
          channel.shutdownOutput();
          channel.read(ByteBuffer.allocate(9));
        }
        Peers.inMemory().close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
