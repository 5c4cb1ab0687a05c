package org.secrethandshake.conformance.hostile;

import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.handshake.Handshake;

/**
 * Why a handshake refused a message.
 *
 * @param reason as the caller is told
 * @param cause what was wrong with the message
 * @param message which one it was
 */
record Refusal(Reason reason, String cause, String message) {
  static final Refusal CLIENT_OF_ANOTHER_NETWORK =
      new Refusal(Reason.WRONG_NETWORK, "tag", "clientHello");
  static final Refusal SERVER_OF_ANOTHER_NETWORK =
      new Refusal(Reason.WRONG_NETWORK, "tag", "serverHello");
  static final Refusal LOW_ORDER_OF_CLIENT =
      new Refusal(Reason.LOW_ORDER, "shared secret", "clientAuthenticate");
  static final Refusal LOW_ORDER_OF_SERVER =
      new Refusal(Reason.LOW_ORDER, "shared secret", "serverHello");
  static final Refusal REFLECTED_BY_CLIENT =
      new Refusal(Reason.REFLECTED, "ephemeral key", "clientAuthenticate");
  static final Refusal REFLECTED_BY_SERVER =
      new Refusal(Reason.REFLECTED, "ephemeral key", "serverHello");
  static final Refusal CLIENT_KEY =
      new Refusal(Reason.INVALID_KEY, "identity", "clientAuthenticate");
  static final Refusal CLIENT_BOX =
      new Refusal(Reason.BAD_CLIENT_AUTH, "box", "clientAuthenticate");
  static final Refusal CLIENT_SIGNATURE =
      new Refusal(Reason.BAD_CLIENT_AUTH, "signature", "clientAuthenticate");
  static final Refusal SERVER_BOX = new Refusal(Reason.BAD_SERVER_ACCEPT, "box", "serverAccept");
  static final Refusal SERVER_SIGNATURE =
      new Refusal(Reason.BAD_SERVER_ACCEPT, "signature", "serverAccept");

  private static final String FAILED = "failed at ";

  /** Reads what a handshake that has just failed says of itself. */
  static Refusal of(HandshakeException failure, Handshake dead) {
    String state = dead.toString();
    String cause =
        switch (failure.reason()) {
          case WRONG_NETWORK -> "tag";
          case REFLECTED -> "ephemeral key";
          case LOW_ORDER -> "shared secret";
          case INVALID_KEY -> "identity";
          case BAD_CLIENT_AUTH, BAD_SERVER_ACCEPT ->
              String.valueOf(failure.getMessage()).startsWith("The signature")
                  ? "signature"
                  : "box";
          default -> throw new AssertionError("not a refusal of a message", failure);
        };
    return new Refusal(
        failure.reason(), cause, state.substring(state.indexOf(FAILED) + FAILED.length()));
  }

  @Override
  public String toString() {
    return "`%s`: %s in %s".formatted(reason, cause, message);
  }
}
