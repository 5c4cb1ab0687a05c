package org.secrethandshake.site.samples;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.handshake.ServerHandshake;

/** The server's extra step on the page about event loops. */
final class LoopServerSamples {
  private LoopServerSamples() {}

  // @start region="authorize"
  /** In step AUTHORIZE: asks, and goes on upon the loop once there is an answer. */
  static void authorize(
      ServerHandshake handshake,
      Function<IdentityKey, CompletionStage<Boolean>> directory,
      Executor loop,
      Runnable advance,
      Runnable close) {
    directory
        .apply(handshake.clientKey())
        .whenCompleteAsync(
            (known, problem) -> {
              if (problem == null && known) {
                if (handshake.accept()) { // false: the deadline has closed it meanwhile
                  advance.run();
                }
              } else {
                handshake.refuse();
                close.run();
              }
            },
            loop);
  }
  // @end
}
