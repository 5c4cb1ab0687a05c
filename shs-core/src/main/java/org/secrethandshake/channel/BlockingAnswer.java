package org.secrethandshake.channel;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/** The answer of a lookup that blocks a thread. Cancelling it interrupts that thread. */
final class BlockingAnswer extends CompletableFuture<Optional<?>> {
  private final FutureTask<?> lookup;

  private BlockingAnswer(Callable<Optional<?>> lookup) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    this.lookup = new FutureTask<>(Executors.callable(() -> answer(lookup, loader)));
  }

  /**
   * Begins a lookup, on a thread of an executor, with the context class loader of this thread.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the executor takes it not
   */
  static BlockingAnswer begin(Callable<Optional<?>> lookup, Executor executor) {
    BlockingAnswer answer = new BlockingAnswer(lookup);
    executor.execute(answer.lookup);
    return answer;
  }

  private void answer(Callable<Optional<?>> lookup, ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      complete(lookup.call());
    } catch (Throwable e) {
      completeExceptionally(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    lookup.cancel(mayInterruptIfRunning);
    return super.cancel(mayInterruptIfRunning);
  }
}
