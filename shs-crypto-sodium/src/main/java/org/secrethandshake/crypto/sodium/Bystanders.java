package org.secrethandshake.crypto.sodium;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.function.Supplier;

/**
 * Keeps the caller's application out of the threads that a library starts.
 *
 * <p>JNA starts a thread that stays for good. A thread inherits the context class loader of whoever
 * starts it, and up to Java 23 also all classes on the stack, by their protection domains. So an
 * application that happened to be the first to use a backend which several share would be held for
 * as long as the JVM runs, undeployed or not.
 */
final class Bystanders {
  private static final int FIRST_VERSION_WITHOUT_ACCESS_CONTROL = 24;

  private Bystanders() {}

  /** Runs something as if only this backend were there. */
  static <T> T keepOut(Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader callers = thread.getContextClassLoader();
    thread.setContextClassLoader(Bystanders.class.getClassLoader());
    try {
      return Runtime.version().feature() < FIRST_VERSION_WITHOUT_ACCESS_CONTROL
          ? Stack.cut(action)
          : action.get();
    } finally {
      thread.setContextClassLoader(callers);
    }
  }

  /** A class of its own, as later versions of Java may lack what it needs. */
  @SuppressWarnings("removal")
  private static final class Stack {
    static <T> T cut(Supplier<T> action) {
      return AccessController.doPrivileged((PrivilegedAction<T>) action::get);
    }
  }
}
