package org.secrethandshake.benchmarks.footprint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A few threads that share the tasks of a range. */
final class Crew implements AutoCloseable {
  private static final int THREADS = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /** Does one thing for each number of a range, and returns when all is done. */
  void each(int from, int to, Task task) throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger(from);
    List<Future<?>> shares = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      shares.add(threads.submit(() -> share(next, to, task)));
    }
    for (Future<?> share : shares) {
      share.get();
    }
  }

  private static Void share(AtomicInteger next, int to, Task task) throws Exception {
    for (int i = next.getAndIncrement(); i < to; i = next.getAndIncrement()) {
      task.run(i);
    }
    return null;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** One of many. */
  interface Task {
    void run(int number) throws Exception;
  }
}
