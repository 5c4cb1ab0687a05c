package org.secrethandshake.conformance;

import java.util.Optional;
import java.util.function.Supplier;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/**
 * A backend that breaks in one call, after it has done the work of that call: the worst moment,
 * with secrets in every output. Calls of its keys and boxes count like its own.
 */
final class BreakingProvider extends DelegatingCryptoProvider {
  private static final int NEVER = Integer.MAX_VALUE;

  private final Supplier<? extends RuntimeException> fault;
  private int callsLeft = NEVER;
  private String broken = "nothing";

  BreakingProvider(CryptoProvider delegate, Supplier<? extends RuntimeException> fault) {
    super(delegate);
    this.fault = fault;
  }

  /** Breaks in the n-th call from now on, counted from 1. */
  void breakIn(int calls) {
    callsLeft = calls;
  }

  /** Whether it has broken. */
  boolean hasBroken() {
    return callsLeft <= 0;
  }

  /** The operation that broke. */
  String broken() {
    return broken;
  }

  private void after(String operation) {
    callsLeft--;
    if (callsLeft == 0) {
      broken = operation;
      throw fault.get();
    }
  }

  @Override
  public void randomBytes(byte[] out) {
    super.randomBytes(out);
    after("randomBytes");
  }

  @Override
  public void signPublicKey(byte[] seed, byte[] publicKey) {
    super.signPublicKey(seed, publicKey);
    after("signPublicKey");
  }

  @Override
  public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    super.sign(seed, publicKey, message, signature);
    after("sign");
  }

  @Override
  public Optional<VerifyKey> verifyKey(byte[] publicKey) {
    Optional<VerifyKey> key = super.verifyKey(publicKey);
    after("verifyKey");
    return key.map(BreakingVerifyKey::new);
  }

  @Override
  public void scalarMultBase(byte[] scalar, byte[] point) {
    super.scalarMultBase(scalar, point);
    after("scalarMultBase");
  }

  @Override
  public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
    boolean accepted = super.scalarMult(scalar, point, shared);
    after("scalarMult");
    return accepted;
  }

  @Override
  public void signSeedToScalar(byte[] seed, byte[] scalar) {
    super.signSeedToScalar(seed, scalar);
    after("signSeedToScalar");
  }

  @Override
  public void auth(byte[] key, byte[] message, byte[] tag) {
    super.auth(key, message, tag);
    after("auth");
  }

  @Override
  public void hash(byte[] message, byte[] digest) {
    super.hash(message, digest);
    after("hash");
  }

  @Override
  public SecretBox secretBox(byte[] key) {
    // Before the work: nobody could close a box that is made and then lost.
    after("secretBox");
    return new BreakingBox(super.secretBox(key));
  }

  private final class BreakingVerifyKey implements VerifyKey {
    private final VerifyKey key;

    BreakingVerifyKey(VerifyKey key) {
      this.key = key;
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
      boolean verified = key.verify(message, signature);
      after("verify");
      return verified;
    }

    @Override
    public void point(byte[] point) {
      key.point(point);
      after("point");
    }
  }

  private final class BreakingBox implements SecretBox {
    private final SecretBox box;

    BreakingBox(SecretBox box) {
      this.box = box;
    }

    @Override
    public void seal(byte[] nonce, byte[] bytes, int offset, int length) {
      box.seal(nonce, bytes, offset, length);
      after("seal");
    }

    @Override
    public boolean open(byte[] nonce, byte[] bytes, int offset, int length) {
      boolean opened = box.open(nonce, bytes, offset, length);
      after("open");
      return opened;
    }

    @Override
    public void close() {
      box.close();
    }
  }
}
