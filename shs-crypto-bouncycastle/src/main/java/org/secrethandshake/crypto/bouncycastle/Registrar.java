package org.secrethandshake.crypto.bouncycastle;

/**
 * Initializes the registrar of Bouncy Castle, which every digest asks, in a thread that ends.
 *
 * <p>The registrar puts a map into a thread-local variable of the thread that initializes it. In
 * the thread of a pool that map would hold Bouncy Castle's class loader, and with it the
 * application, for as long as the pool lives.
 */
final class Registrar {
  private static final String NAME = "org.bouncycastle.crypto.CryptoServicesRegistrar";

  static {
    Thread initializer = new Thread(new Initialization(), "shs-bouncycastle-initializer");
    initializer.setDaemon(true);
    initializer.start();
    awaitUninterruptibly(initializer);
  }

  private Registrar() {}

  /** Returns when it is initialized; whether that worked shows when it is used. */
  static void requireInitialized() {}

  private static void awaitUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A class of its own: the outer one is locked while it waits for this. */
  private static final class Initialization implements Runnable {
    @Override
    public void run() {
      try {
        Class.forName(NAME, true, Initialization.class.getClassLoader());
      } catch (ClassNotFoundException | RuntimeException | LinkageError reportedWhenUsed) {
        // Whoever needs it next meets the same failure and says so.
      }
    }
  }
}
