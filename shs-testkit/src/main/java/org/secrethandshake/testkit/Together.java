package org.secrethandshake.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Runs the same work in several threads that start at one moment. */
final class Together {
  private Together() {}

  static void run(int threads, IntConsumer work) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch ready = new CountDownLatch(threads);
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int index = i;
        tasks.add(
            () -> {
              ready.countDown();
              ready.await();
              work.accept(index);
              return null;
            });
      }
      for (Future<Void> result : executor.invokeAll(tasks)) {
        result.get();
      }
    } catch (ExecutionException failure) {
      throw new AssertionError("failed in one of " + threads + " threads", failure.getCause());
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interruption);
    } finally {
      executor.shutdownNow();
    }
  }
}
