package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/**
 * A backend that remembers every array with a secret that it was handed, the array itself and not a
 * copy, so that a test can see afterwards whether its owner wiped it; and every box, whether its
 * owner closed it.
 */
public final class WatchedSecrets extends DelegatingCryptoProvider {
  private final Map<byte[], String> arrays = new IdentityHashMap<>();
  private final List<SecretBox> boxes = new ArrayList<>();

  public WatchedSecrets(CryptoProvider delegate) {
    super(delegate);
  }

  /** Forgets what was handed over so far. */
  void watchFromHere() {
    arrays.clear();
    boxes.clear();
  }

  public void assertWiped(String when) {
    assertTrue(!arrays.isEmpty(), when);
    arrays.forEach(
        (array, name) ->
            assertArrayEquals(new byte[array.length], array, () -> name + " is left " + when));
    for (SecretBox box : boxes) {
      assertTrue(isClosed(box), () -> "a secretbox is left open " + when);
    }
  }

  private void watch(byte[] array, String name) {
    arrays.put(array, name);
  }

  @Override
  public void randomBytes(byte[] out) {
    watch(out, "the ephemeral scalar");
    super.randomBytes(out);
  }

  @Override
  public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
    watch(seed, "a seed");
    watch(message, "what was signed");
    super.sign(seed, publicKey, message, signature);
  }

  @Override
  public void scalarMultBase(byte[] scalar, byte[] point) {
    watch(scalar, "a scalar");
    super.scalarMultBase(scalar, point);
  }

  @Override
  public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
    watch(scalar, "a scalar");
    watch(shared, "a shared secret");
    return super.scalarMult(scalar, point, shared);
  }

  @Override
  public void signSeedToScalar(byte[] seed, byte[] scalar) {
    watch(seed, "a seed");
    watch(scalar, "an identity's scalar");
    super.signSeedToScalar(seed, scalar);
  }

  @Override
  public void auth(byte[] key, byte[] message, byte[] tag) {
    watch(key, "the network key");
    super.auth(key, message, tag);
  }

  @Override
  public void hash(byte[] message, byte[] digest) {
    watch(message, "what was hashed");
    watch(digest, "a digest");
    super.hash(message, digest);
  }

  @Override
  public SecretBox secretBox(byte[] key) {
    watch(key, "a box's key");
    SecretBox box = super.secretBox(key);
    boxes.add(box);
    return box;
  }

  private static boolean isClosed(SecretBox box) {
    try {
      box.seal(new byte[SecretBox.NONCE_BYTES], new byte[SecretBox.TAG_BYTES], 0, 0);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
