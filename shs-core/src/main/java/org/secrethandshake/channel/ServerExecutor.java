package org.secrethandshake.channel;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The executor of a server: a given one, which is left alone, or an own one, which is shut down.
 */
final class ServerExecutor implements Executor, AutoCloseable {
  private static final long UNTIL_IT_WAITS_MILLIS = 5;

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

  /**
   * Has a thread of an executor of ours wait for input, so that what it takes to wait is loaded: a
   * virtual thread needs descriptors for that, once in a process.
   */
  void rehearse() throws IOException {
    if (owned == null) {
      return;
    }
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source()) {
      Future<Integer> waiting = owned.submit(() -> source.read(ByteBuffer.allocate(1)));
      Thread.sleep(UNTIL_IT_WAITS_MILLIS);
      pipe.sink().close();
      waiting.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IOException("a thread of the server cannot wait for input", e.getCause());
    } finally {
      pipe.sink().close();
    }
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
