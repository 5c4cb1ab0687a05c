package org.secrethandshake.handshake;

import java.util.Arrays;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/**
 * Every key of one handshake (protocol guide, "Handshake" and "Box stream"). This is the only class
 * that sees the shared secrets {@code ab}, {@code aB} and {@code Ab}.
 *
 * <p>Which scalar makes which secret depends on the side:
 *
 * <pre>
 *          client                          server
 *   ab  =  x25519(a, b_p)               =  x25519(b, a_p)
 *   aB  =  x25519(a, curve(B_p))        =  x25519(curve(B), a_p)
 *   Ab  =  x25519(curve(A), b_p)        =  x25519(b, curve(A_p))
 * </pre>
 *
 * <p>Whoever creates one closes it, which wipes all of it.
 */
final class KeySchedule implements AutoCloseable {
  private final CryptoProvider crypto;
  private final boolean client;
  private final byte[] networkKey;
  private final byte[] identityScalar = new byte[CryptoProvider.SCALAR_BYTES];
  private final byte[] ephemeralScalar = new byte[CryptoProvider.SCALAR_BYTES];
  private final byte[] ephemeralKey = new byte[CryptoProvider.POINT_BYTES];
  private final byte[] ab = new byte[CryptoProvider.POINT_BYTES];
  private final byte[] aB = new byte[CryptoProvider.POINT_BYTES];
  private final byte[] Ab = new byte[CryptoProvider.POINT_BYTES];

  private KeySchedule(Local local, IdentityKeyPair identity, boolean client) {
    this.crypto = local.crypto();
    this.client = client;
    this.networkKey = local.networkKey();
    boolean derived = false;
    try {
      identity.exportScalar(identityScalar);
      derived = true;
    } finally {
      if (!derived) {
        close();
      }
    }
  }

  static KeySchedule ofClient(Local local, IdentityKeyPair identity) {
    return new KeySchedule(local, identity, true);
  }

  static KeySchedule ofServer(Local local, IdentityKeyPair identity) {
    return new KeySchedule(local, identity, false);
  }

  /** Draws our ephemeral key pair: {@code a}/{@code a_p} or {@code b}/{@code b_p}. */
  byte[] drawEphemeral() {
    crypto.randomBytes(ephemeralScalar);
    crypto.scalarMultBase(ephemeralScalar, ephemeralKey);
    return ephemeralKey.clone();
  }

  /** {@code auth_K(ephemeral key)}, the first half of a hello. */
  byte[] helloTag(byte[] ephemeral) {
    byte[] tag = new byte[CryptoProvider.AUTH_BYTES];
    crypto.auth(networkKey, ephemeral, tag);
    return tag;
  }

  /** Computes {@code ab}, and refuses our own ephemeral key coming back. */
  void agreeEphemerals(byte[] theirEphemeral) throws HandshakeException {
    if (isSamePoint(theirEphemeral, ephemeralKey)) {
      throw new HandshakeException(
          Reason.REFLECTED,
          "The peer sent our own ephemeral key back in its hello: somebody reflects our messages.");
    }
    agree(ephemeralScalar, theirEphemeral, ab);
  }

  /** X25519 ignores the top bit, so two encodings that differ in it alone are one point. */
  private static boolean isSamePoint(byte[] one, byte[] other) {
    int last = one.length - 1;
    return Arrays.equals(one, 0, last, other, 0, last) && ((one[last] ^ other[last]) & 0x7f) == 0;
  }

  /**
   * Computes {@code aB}.
   *
   * @param point {@code curve(B_p)} at the client, {@code a_p} at the server
   */
  void agreeServerIdentity(byte[] point) throws HandshakeException {
    agree(client ? ephemeralScalar : identityScalar, point, aB);
  }

  /**
   * Computes {@code Ab}.
   *
   * @param point {@code b_p} at the client, {@code curve(A_p)} at the server
   */
  void agreeClientIdentity(byte[] point) throws HandshakeException {
    agree(client ? identityScalar : ephemeralScalar, point, Ab);
  }

  private void agree(byte[] scalar, byte[] point, byte[] shared) throws HandshakeException {
    boolean accepted = crypto.scalarMult(scalar, point, shared);
    // The zero test is repeated here, because nothing may depend on the backend's diligence alone.
    if (!accepted || Bytes.isZero(shared)) {
      throw new HandshakeException(
          Reason.LOW_ORDER,
          "A shared secret came out as zero: the peer sent a key of low order, which no honest peer"
              + " does.");
    }
  }

  /** {@code K | B_p | hash(ab)}, what the client signs. */
  byte[] clientSigned(byte[] serverKey) {
    return withHashOfAb(serverKey);
  }

  /** {@code K | H | hash(ab)}, what the server signs. */
  byte[] serverSigned(byte[] clientAuthentication) {
    return withHashOfAb(clientAuthentication);
  }

  private byte[] withHashOfAb(byte[] middle) {
    byte[] hashOfAb = new byte[CryptoProvider.HASH_BYTES];
    try {
      hash(hashOfAb, ab);
      return Bytes.concat(networkKey, middle, hashOfAb);
    } finally {
      Bytes.wipe(hashOfAb);
    }
  }

  /** The box of clientAuthenticate, under {@code hash(K | ab | aB)}. */
  SecretBox clientAuthenticateBox() {
    return box(networkKey, ab, aB);
  }

  /** The box of serverAccept, under {@code hash(K | ab | aB | Ab)}. */
  SecretBox serverAcceptBox() {
    return box(networkKey, ab, aB, Ab);
  }

  private SecretBox box(byte[]... parts) {
    byte[] key = new byte[SecretBox.KEY_BYTES];
    try {
      hash(key, parts);
      return crypto.secretBox(key);
    } finally {
      Bytes.wipe(key);
    }
  }

  /**
   * The keys and first nonces of both directions. With {@code s = hash(hash(K | ab | aB | Ab))}, a
   * direction's key is {@code hash(s | public key of its receiver)} and its nonce the beginning of
   * its receiver's hello.
   */
  SessionKeys sessionKeys(byte[] ourKey, byte[] ourHello, byte[] theirKey, byte[] theirHello) {
    byte[] once = new byte[CryptoProvider.HASH_BYTES];
    byte[] s = new byte[CryptoProvider.HASH_BYTES];
    byte[] sendKey = new byte[SecretBox.KEY_BYTES];
    byte[] receiveKey = new byte[SecretBox.KEY_BYTES];
    try {
      hash(once, networkKey, ab, aB, Ab);
      hash(s, once);
      hash(sendKey, s, theirKey);
      hash(receiveKey, s, ourKey);
      return new SessionKeys(
          sendKey,
          Arrays.copyOf(theirHello, SecretBox.NONCE_BYTES),
          receiveKey,
          Arrays.copyOf(ourHello, SecretBox.NONCE_BYTES));
    } finally {
      Bytes.wipe(once, s, sendKey, receiveKey);
    }
  }

  /** Hashes into the caller's array, which the caller wipes even if the backend breaks. */
  private void hash(byte[] digest, byte[]... parts) {
    byte[] message = Bytes.concat(parts);
    try {
      crypto.hash(message, digest);
    } finally {
      Bytes.wipe(message);
    }
  }

  @Override
  public void close() {
    Bytes.wipe(networkKey, identityScalar, ephemeralScalar, ephemeralKey, ab, aB, Ab);
  }
}
