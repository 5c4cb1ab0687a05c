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
  private boolean closed;

  SessionKeys(byte[] sendKey, byte[] sendNonce, byte[] receiveKey, byte[] receiveNonce) {
    this.sendKey = sendKey.clone();
    this.sendNonce = sendNonce.clone();
    this.receiveKey = receiveKey.clone();
    this.receiveNonce = receiveNonce.clone();
  }

  /** Returns the key of the direction from us to the peer: 32 bytes. */
  public byte[] sendKey() {
    return open(sendKey);
  }

  /** Returns the first nonce of the direction from us to the peer: 24 bytes. */
  public byte[] sendNonce() {
    return open(sendNonce);
  }

  /** Returns the key of the direction from the peer to us: 32 bytes. */
  public byte[] receiveKey() {
    return open(receiveKey);
  }

  /** Returns the first nonce of the direction from the peer to us: 24 bytes. */
  public byte[] receiveNonce() {
    return open(receiveNonce);
  }

  SessionKeys copy() {
    requireOpen();
    return new SessionKeys(sendKey, sendNonce, receiveKey, receiveNonce);
  }

  private byte[] open(byte[] value) {
    requireOpen();
    return value.clone();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("these keys are closed and wiped");
    }
  }

  /** Wipes the keys; asking for one afterwards is an {@link IllegalStateException}. */
  @Override
  public void close() {
    closed = true;
    Bytes.wipe(sendKey, sendNonce, receiveKey, receiveNonce);
  }
}
