package org.secrethandshake.conformance.hostile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/**
 * Somebody with the network key, a recording, and some secret scalars, who guesses: under a guess
 * it makes every shared secret that its scalars give with every point it knows, and tries to open
 * what it has recorded with every key that the protocol guide makes of these.
 */
final class Adversary {
  private static final int HEADER_PLAINTEXT_BYTES = 18;

  private final Formulas formulas;
  private final List<byte[]> scalars;

  Adversary(CryptoProvider crypto, List<byte[]> scalars) {
    this.formulas = Scene.formulas(crypto);
    this.scalars = scalars;
  }

  /** Whether a guess of both identities opens anything in a recording. */
  boolean confirms(Recording recording, byte[] clientKey, byte[] serverKey) {
    List<byte[]> shared = shared(recording, clientKey, serverKey);
    for (byte[] ab : shared) {
      for (byte[] aB : shared) {
        byte[] signed = Formulas.concat(Scene.NETWORK, serverKey, formulas.hash(ab));
        Optional<byte[]> proof =
            formulas.open(formulas.hash(Scene.NETWORK, ab, aB), recording.clientAuthenticate());
        if (proof.isPresent() && proves(proof.get(), clientKey, signed)) {
          return true;
        }
        for (byte[] Ab : shared) {
          if (opensPacket(recording, formulas.hash(Scene.NETWORK, ab, aB, Ab), serverKey)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean proves(byte[] proof, byte[] clientKey, byte[] signed) {
    byte[] signature = Arrays.copyOf(proof, CryptoProvider.SIGNATURE_BYTES);
    byte[] key = Arrays.copyOfRange(proof, CryptoProvider.SIGNATURE_BYTES, proof.length);
    return Arrays.equals(clientKey, key)
        && formulas.crypto().verifyKey(key).orElseThrow().verify(signed, signature);
  }

  /** Its key holds the server's key and all that was agreed. */
  private boolean opensPacket(Recording recording, byte[] agreed, byte[] serverKey) {
    if (recording.packet().length == 0) {
      return false;
    }
    byte[] header = Arrays.copyOf(recording.packet(), SecretBox.TAG_BYTES + HEADER_PLAINTEXT_BYTES);
    byte[] nonce = Arrays.copyOf(recording.serverHello(), SecretBox.NONCE_BYTES);
    byte[] key = formulas.hash(formulas.hash(agreed), serverKey);
    try (SecretBox box = formulas.crypto().secretBox(key)) {
      return box.open(nonce, header, 0, HEADER_PLAINTEXT_BYTES);
    }
  }

  private List<byte[]> shared(Recording recording, byte[] clientKey, byte[] serverKey) {
    List<byte[]> points =
        List.of(
            Formulas.pointOf(recording.clientHello()),
            Formulas.pointOf(recording.serverHello()),
            formulas.curve(clientKey),
            formulas.curve(serverKey));
    List<byte[]> shared = new ArrayList<>();
    shared.add(new byte[CryptoProvider.POINT_BYTES]);
    for (byte[] scalar : scalars) {
      for (byte[] point : points) {
        shared.add(formulas.agree(scalar, point));
      }
    }
    return shared;
  }
}
