package org.secrethandshake.cli;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.secrethandshake.channel.SecretChannel;

/**
 * The channels that a command uses. One whose use fails, or that a signal finds in use, is cut: a
 * goodbye would let a part pass for the whole. Thread-safe.
 *
 * <p>A signal ends the process as it ends any other, with the exit code that shells expect. What
 * fails on other threads meanwhile is a consequence, and not reported.
 */
final class ChannelsInUse implements AutoCloseable {
  private final Shell shell;
  private final Set<SecretChannel> channels = ConcurrentHashMap.newKeySet();
  private final CountDownLatch signal = new CountDownLatch(1);
  private final Thread hook = new Thread(this::cutAll, "shs-signal");

  /** What is done with a channel. */
  @FunctionalInterface
  interface Use {
    void run() throws Exception;
  }

  private ChannelsInUse(Shell shell) {
    this.shell = shell;
  }

  /** Waits for signals from now on; closing the returned object ends that. */
  static ChannelsInUse watchSignals(Shell shell) {
    ChannelsInUse channels = new ChannelsInUse(shell);
    Runtime.getRuntime().addShutdownHook(channels.hook);
    return channels;
  }

  /** Uses a channel, and closes it if that succeeds. */
  void use(SecretChannel channel, Use use) throws Exception {
    channels.add(channel);
    try {
      cutIfSignalled(channel);
      use.run();
      channel.close();
    } catch (Exception | Error e) {
      channel.abort();
      leaveEndToSignal();
      throw e;
    } finally {
      channels.remove(channel);
    }
  }

  /** Tells whether a signal ends the process, or does so within the given time. */
  boolean signalledWithin(long millis) throws InterruptedException {
    return signal.await(millis, TimeUnit.MILLISECONDS);
  }

  private void cutAll() {
    signal.countDown();
    if (!channels.isEmpty()) {
      channels.forEach(SecretChannel::abort);
      shell.say("interrupted by a signal; the channels in use were cut.");
    }
  }

  private void cutIfSignalled(SecretChannel channel) {
    if (signal.getCount() == 0) {
      channel.abort();
    }
  }

  /** Blocks if the process is about to end. */
  private void leaveEndToSignal() throws InterruptedException {
    if (signal.getCount() == 0) {
      Thread.currentThread().join();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal came: the hook runs, and the process ends.
    }
  }
}
