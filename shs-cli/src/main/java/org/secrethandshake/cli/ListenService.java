package org.secrethandshake.cli;

import org.secrethandshake.channel.SecretServer;

/** What listen does with its clients: it handles their channels, and says when that is over. */
interface ListenService extends SecretServer.Handler {
  /** Whether one more client is let in. */
  default boolean takesClients() {
    return true;
  }

  /**
   * Returns when the service is over.
   *
   * @throws InterruptedException if this thread is told to end it
   */
  void awaitEnd() throws Exception;
}
