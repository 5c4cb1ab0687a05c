package org.secrethandshake.channel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The library's own threads: one timer for all time limits, and workers for what may block. All are
 * daemons, and end when there is nothing to do, so that none holds the class loader of an
 * application that is gone.
 */
final class Background {
  private static final long IDLE_MILLIS = 500;

  /** Runs short tasks that never block. */
  static final ScheduledThreadPoolExecutor TIMER = timer();

  /** Runs what may block, each task on a thread of its own. */
  static final ExecutorService WORKERS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_MILLIS,
          TimeUnit.MILLISECONDS,
          new SynchronousQueue<>(),
          task -> daemon(task, "shs-worker"));

  private Background() {}

  /**
   * Runs a task on a worker, or here if there can be no thread more: it must be done in any case.
   */
  static void run(Runnable task) {
    try {
      WORKERS.execute(task);
    } catch (OutOfMemoryError e) {
      task.run();
    }
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, task -> daemon(task, "shs-timer"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    // It would be that of the application whose thread came first.
    thread.setContextClassLoader(null);
    return thread;
  }
}
