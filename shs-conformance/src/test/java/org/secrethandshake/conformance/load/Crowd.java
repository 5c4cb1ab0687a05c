package org.secrethandshake.conformance.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does one thing for many, on so many threads. */
final class Crowd {
  private Crowd() {}

  /** What is done for one of them, by number. */
  @FunctionalInterface
  interface Part<T> {
    T play(int number) throws Exception;
  }

  /** Returns what came out, in order, once all are done. */
  static <T> List<T> play(int count, int threads, Part<T> part) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<T>> parts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        parts.add(() -> part.play(number));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> done : pool.invokeAll(parts)) {
        results.add(done.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      pool.shutdownNow();
    }
  }
}
