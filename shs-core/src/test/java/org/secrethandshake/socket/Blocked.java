package org.secrethandshake.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A call on a thread of its own, which is expected to wait somewhere. */
final class Blocked<T> {
  private final FutureTask<T> task;
  private final Thread thread;

  Blocked(Callable<T> call) {
    task = new FutureTask<>(call);
    thread = new Thread(task, "test-blocked");
    thread.setDaemon(true);
    thread.start();
  }

  Thread thread() {
    return thread;
  }

  /** Waits until the thread waits in the system, somewhere below a method of this name. */
  void awaitIn(String method) throws InterruptedException {
    StackTraceElement[] before = {};
    StackTraceElement[] now = thread.getStackTrace();
    while (!(waitsIn(method, now) && Arrays.equals(before, now))) {
      Thread.sleep(2);
      before = now;
      now = thread.getStackTrace();
    }
  }

  private static boolean waitsIn(String method, StackTraceElement[] stack) {
    return stack.length > 0
        && stack[0].isNativeMethod()
        && Arrays.stream(stack).anyMatch(at -> at.getMethodName().equals(method));
  }

  T result() throws Exception {
    return task.get();
  }

  <E extends Exception> E failure(Class<E> type) {
    Throwable cause = assertThrows(ExecutionException.class, task::get).getCause();
    assertEquals(type, cause.getClass(), cause::toString);
    return type.cast(cause);
  }
}
