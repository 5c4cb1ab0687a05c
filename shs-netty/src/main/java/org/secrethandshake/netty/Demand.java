package org.secrethandshake.netty;

/**
 * What the handlers behind want to read, and whether they have got it. Belongs to the event loop.
 */
final class Demand {
  private boolean open;
  private boolean heldBack;
  private boolean met;

  /** They have asked for input. */
  void asked() {
    open = true;
  }

  /** Whether they have asked since a read that brought them some was complete. */
  boolean isOpen() {
    return open;
  }

  /** What was asked is not passed on to the transport yet, because the authorizer thinks. */
  void holdBack() {
    heldBack = true;
  }

  /** Whether something was held back, which is passed on now. */
  boolean takeHeldBack() {
    boolean was = heldBack;
    heldBack = false;
    return was;
  }

  /** They get some input. */
  void met() {
    met = true;
  }

  /** A read is complete; tells whether it has brought them some. */
  boolean completeRead() {
    boolean was = met;
    if (met) {
      met = false;
      open = false;
    }
    return was;
  }
}
