package org.secrethandshake.handshake;

/**
 * The raw keys and first nonces of both directions of a box stream.
 *
 * <p>Every method returns a copy, which the caller wipes. Whoever holds this object closes it,
 * which wipes its own copies. Using a key and nonce for a second box stream breaks all
 * confidentiality.
 */
public final class SessionKeys implements AutoCloseable {
  private final byte[] sendKey;
  private final byte[] sendNonce;
  private final byte[] receiveKey;
  private final byte[] receiveNonce;

  SessionKeys(byte[] sendKey, byte[] sendNonce, byte[] receiveKey, byte[] receiveNonce) {
    this.sendKey = sendKey.clone();
    this.sendNonce = sendNonce.clone();
    this.receiveKey = receiveKey.clone();
    this.receiveNonce = receiveNonce.clone();
  }

  /** Returns the key of the direction from us to the peer: 32 bytes. */
  public byte[] sendKey() {
    return sendKey.clone();
  }

  /** Returns the first nonce of the direction from us to the peer: 24 bytes. */
  public byte[] sendNonce() {
    return sendNonce.clone();
  }

  /** Returns the key of the direction from the peer to us: 32 bytes. */
  public byte[] receiveKey() {
    return receiveKey.clone();
  }

  /** Returns the first nonce of the direction from the peer to us: 24 bytes. */
  public byte[] receiveNonce() {
    return receiveNonce.clone();
  }

  SessionKeys copy() {
    return new SessionKeys(sendKey, sendNonce, receiveKey, receiveNonce);
  }

  /** Wipes the keys. Closing again does nothing. */
  @Override
  public void close() {
    Bytes.wipe(sendKey, sendNonce, receiveKey, receiveNonce);
  }
}
