package org.secrethandshake.cli;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread for each connection: a virtual one where the JDK has them. */
final class ConnectionThreads {
  private ConnectionThreads() {}

  static ExecutorService start(String name) {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException | UnsupportedOperationException e) {
      return Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
          });
    }
  }
}
