package org.secrethandshake.channel;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;

/** The answer of a lookup that blocks a thread of its own. Cancelling it interrupts that thread. */
final class BlockingAnswer extends CompletableFuture<Optional<?>> {
  private final FutureTask<Boolean> lookup;

  private BlockingAnswer(Callable<Optional<?>> lookup) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    this.lookup = new FutureTask<>(() -> answer(lookup, loader));
  }

  /** Begins a lookup, on a thread with the context class loader of this one. */
  static BlockingAnswer begin(Callable<Optional<?>> lookup) {
    BlockingAnswer answer = new BlockingAnswer(lookup);
    Background.WORKERS.execute(answer.lookup);
    return answer;
  }

  private boolean answer(Callable<Optional<?>> lookup, ClassLoader loader) {
    Thread.currentThread().setContextClassLoader(loader);
    try {
      return complete(lookup.call());
    } catch (Throwable e) {
      return completeExceptionally(e);
    } finally {
      Thread.currentThread().setContextClassLoader(null);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    lookup.cancel(mayInterruptIfRunning);
    return super.cancel(mayInterruptIfRunning);
  }
}
