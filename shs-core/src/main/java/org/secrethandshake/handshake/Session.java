package org.secrethandshake.handshake;

import org.secrethandshake.IdentityKey;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.spi.CryptoProvider;

/**
 * What a finished handshake leaves: the authenticated peer and the keys of the box stream.
 *
 * <p>Each direction is handed out once, because two boxers under one key and nonce would betray
 * what they seal. What was handed out belongs to the caller and outlives the session.
 *
 * <p>Not thread-safe. Whoever holds a session closes it, which wipes the keys that it still holds.
 */
public final class Session implements AutoCloseable {
  private final CryptoProvider crypto;
  private final IdentityKey peer;
  private final SessionKeys keys;
  private boolean boxerTaken;
  private boolean unboxerTaken;
  private boolean closed;

  Session(CryptoProvider crypto, IdentityKey peer, SessionKeys keys) {
    this.crypto = crypto;
    this.peer = peer;
    this.keys = keys;
  }

  /** Returns the peer's identity, which it has proved. */
  public IdentityKey peer() {
    return peer;
  }

  /**
   * Hands out the sending direction, which the caller closes.
   *
   * @throws IllegalStateException if it was handed out before, or if this session is closed
   */
  public Boxer boxer() {
    requireOpen();
    requireFirst(boxerTaken, "sending");
    boxerTaken = true;
    byte[] key = keys.sendKey();
    try {
      return new Boxer(crypto, key, keys.sendNonce());
    } finally {
      Bytes.wipe(key);
    }
  }

  /**
   * Hands out the receiving direction, which the caller closes, with the limit {@link
   * Unboxer#MAX_BODY_BYTES}.
   *
   * @throws IllegalStateException if it was handed out before, or if this session is closed
   */
  public Unboxer unboxer() {
    return unboxer(Unboxer.MAX_BODY_BYTES);
  }

  /**
   * Hands out the receiving direction, which the caller closes.
   *
   * @param maxBodyBytes the longest body to receive, {@link Unboxer#MAX_BODY_BYTES} to {@link
   *     Unboxer#MAX_ANNOUNCED_BYTES}
   * @throws IllegalStateException if it was handed out before, or if this session is closed
   */
  public Unboxer unboxer(int maxBodyBytes) {
    requireOpen();
    requireFirst(unboxerTaken, "receiving");
    unboxerTaken = true;
    byte[] key = keys.receiveKey();
    try {
      return new Unboxer(crypto, key, keys.receiveNonce(), maxBodyBytes);
    } finally {
      Bytes.wipe(key);
    }
  }

  /**
   * Returns a copy of the raw keys, which the caller closes. Unsafe: whoever holds them can read
   * and forge the stream, and using them beside this session's own directions repeats nonces.
   *
   * @throws IllegalStateException if this session is closed
   */
  public SessionKeys exportKeysUnsafe() {
    requireOpen();
    return keys.copy();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this session is closed and its keys are wiped");
    }
  }

  private static void requireFirst(boolean taken, String direction) {
    if (taken) {
      throw new IllegalStateException("the " + direction + " direction was handed out before");
    }
  }

  /** Wipes the keys. Closing again does nothing. */
  @Override
  public void close() {
    closed = true;
    keys.close();
  }
}
