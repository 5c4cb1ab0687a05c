package org.secrethandshake.cli;

import java.io.IOException;
import java.net.UnknownHostException;

/** Says why no connection was made. */
final class Unreachable {
  private Unreachable() {}

  /** The message of an unknown host is its bare name, or what the resolver said after it. */
  static String sentence(IOException cause) {
    return cause instanceof UnknownHostException
        ? "The host is not known: " + cause.getMessage()
        : String.valueOf(cause.getMessage());
  }
}
