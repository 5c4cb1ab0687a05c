package org.secrethandshake.cli;

/** What the exit code of {@code shs} says, in the order in which things can go wrong. */
final class ExitCodes {
  /**
   * All is done. Where a channel was used, the peer's authenticated goodbye was received and ours
   * was handed to the system; only the receiver knows that what was sent came whole.
   */
  static final int OK = 0;

  /** A defect of this program or of a crypto backend. */
  static final int DEFECT = 1;

  /** The command line, a key file or a setting is wrong. */
  static final int USAGE = 2;

  /** No connection was made, or the address to listen on could not be bound. */
  static final int NO_CONNECTION = 3;

  /** The handshake failed. */
  static final int HANDSHAKE_FAILED = 4;

  /** The stream was cut or corrupt, or our own end of it broke. */
  static final int STREAM_CUT = 5;

  private ExitCodes() {}
}
