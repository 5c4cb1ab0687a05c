package org.secrethandshake.channel;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The executor of a server: a given one, which is left alone, or an own one, which is shut down.
 */
final class ServerExecutor implements Executor, AutoCloseable {
  private final Executor executor;
  private final @Nullable ExecutorService owned;

  private ServerExecutor(Executor executor, @Nullable ExecutorService owned) {
    this.executor = executor;
    this.owned = owned;
  }

  static ServerExecutor of(@Nullable Executor given) {
    if (given != null) {
      return new ServerExecutor(given, null);
    }
    ExecutorService own = threadPerTask();
    return new ServerExecutor(own, own);
  }

  /** A thread of the same kind for each task, for those who have no server and nothing to stop. */
  static Executor shared() {
    ExecutorService own = threadPerTask();
    return own instanceof ThreadPoolExecutor ? Background.WORKERS : own;
  }

  /** Runs a task on a thread of our own, of the kind that serves unless an executor was given. */
  void executeOnOurs(Runnable task) {
    (owned == null ? Background.WORKERS : owned).execute(task);
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  @Override
  public void close() {
    if (owned != null) {
      owned.shutdownNow();
    }
  }

  /** Virtual threads came after the Java version that this library is compiled for. */
  private static ExecutorService threadPerTask() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException
        | UnsupportedOperationException e) {
      return Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "shs-server");
            thread.setDaemon(true);
            return thread;
          });
    }
  }
}
