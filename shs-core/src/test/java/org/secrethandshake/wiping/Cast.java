package org.secrethandshake.wiping;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/**
 * What a scene is played with: two backends, which draw the same in every JVM, and secrets. In the
 * JVM that searches, it also writes down every secret that there is.
 */
final class Cast {
  private static final int SECRET_BYTES = 32;
  private static final int BASE64_CHARACTERS = 40;

  private final boolean everything;
  private final Optional<List<Secret>> known;
  private final long number;
  private final Path folder;
  private long drawn;
  private Optional<List<byte[]>> held = Optional.empty();

  /** The client's backend, and that of everything that has no side. */
  final CryptoProvider client;

  /** The server's backend. */
  final CryptoProvider server;

  /**
   * Sets a scene up.
   *
   * @param everything whether every object counts, and not only what is still reachable
   * @param known receives the secrets
   */
  Cast(Scene scene, boolean everything, Path folder, Optional<List<Secret>> known) {
    this.everything = everything;
    this.known = known;
    this.number = 1000L * (scene.ordinal() + 1);
    this.folder = folder.resolve(scene.name());
    this.client = backend(number + 1);
    this.server = backend(number + 2);
  }

  private CryptoProvider backend(long seed) {
    CryptoProvider arithmetic =
        everything
            ? new TransparentCrypto(seed)
            : new Drawing(CryptoProviders.onlyInstalled(), seed);
    return known.isPresent() ? new Recording(arithmetic) : arithmetic;
  }

  /** A file of this scene. */
  Path file(String name) {
    return folder.resolveSibling(folder.getFileName() + "-" + name);
  }

  /** A secret of so many bytes, which the scene wipes. */
  byte[] secret(int bytes) {
    byte[] secret = draw(bytes);
    tell("secret " + drawn, secret, 0);
    return secret;
  }

  /** The key of this scene's box stream, which the scene wipes. */
  byte[] boxKey() {
    byte[] key = new byte[SECRET_BYTES];
    TransparentCrypto.draw(number, 0, key);
    return key;
  }

  /** A seed that an object without a wipe may keep. */
  byte[] seedOfAnAddress() {
    byte[] seed = draw(SECRET_BYTES);
    tell("seed of an address", seed, everything ? 1 : 0);
    return seed;
  }

  /** A network key, which is not wiped by itself: the scene keeps no reference to it. */
  NetworkKey network() {
    byte[] key = draw(SECRET_BYTES);
    tell("network key", key, everything ? 1 : 0);
    tellBase64("network key as base64", key);
    NetworkKey network = NetworkKey.of(key);
    Arrays.fill(key, (byte) 0);
    return network;
  }

  private byte[] draw(int bytes) {
    byte[] drawnBytes = new byte[bytes];
    TransparentCrypto.draw(number, ++drawn, drawnBytes);
    return drawnBytes;
  }

  /** Says that the beginning of a secret's base64 is one, too. */
  void tellBase64(String name, byte[] secret) {
    if (known.isPresent()) {
      String text = Base64.getEncoder().encodeToString(secret);
      String part = text.substring(0, Math.min(BASE64_CHARACTERS, text.length() - 4));
      tell(name, part.getBytes(StandardCharsets.US_ASCII), 0);
    }
  }

  private void tell(String name, byte[] bytes, int copies) {
    known.ifPresent(
        list -> {
          synchronized (list) {
            list.add(new Secret(name, bytes.clone(), copies));
          }
        });
  }

  /**
   * Says that of all secrets so far only these may be found when the curtain opens. Takes them over
   * and wipes them.
   */
  void holdsOnly(byte[]... secrets) {
    if (known.isPresent()) {
      held = Optional.of(Arrays.stream(secrets).map(byte[]::clone).toList());
    }
    for (byte[] secret : secrets) {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Tells whether a secret may be found when the curtain opens. */
  boolean mayHold(Secret secret) {
    return held.isEmpty()
        || held.get().stream().anyMatch(bytes -> Arrays.equals(bytes, secret.bytes()));
  }

  /** Whether anything at all is held, so that its presence can be shown. */
  boolean holdsSomething() {
    return held.isEmpty() || !held.get().isEmpty();
  }

  /** A real backend, whose random bytes are not random. */
  private static final class Drawing extends DelegatingCryptoProvider {
    private final long seed;
    private long draws;

    Drawing(CryptoProvider delegate, long seed) {
      super(delegate);
      this.seed = seed;
    }

    @Override
    public synchronized void randomBytes(byte[] out) {
      TransparentCrypto.draw(seed, ++draws, out);
    }
  }

  /** Writes down every secret that passes. */
  private final class Recording extends DelegatingCryptoProvider {
    Recording(CryptoProvider delegate) {
      super(delegate);
    }

    @Override
    public void randomBytes(byte[] out) {
      super.randomBytes(out);
      tell("ephemeral scalar", out, 0);
    }

    @Override
    public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
      super.sign(seed, publicKey, message, signature);
      tell("signature", signature, 0);
    }

    @Override
    public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
      boolean accepted = super.scalarMult(scalar, point, shared);
      tell("shared secret", shared, 0);
      return accepted;
    }

    @Override
    public void signSeedToScalar(byte[] seed, byte[] scalar) {
      super.signSeedToScalar(seed, scalar);
      tell("scalar of an identity", scalar, 0);
    }

    @Override
    public void hash(byte[] message, byte[] digest) {
      super.hash(message, digest);
      tell("derived secret", digest, 0);
    }

    @Override
    public SecretBox secretBox(byte[] key) {
      tell("key of a box", key, 0);
      return super.secretBox(key);
    }
  }
}
