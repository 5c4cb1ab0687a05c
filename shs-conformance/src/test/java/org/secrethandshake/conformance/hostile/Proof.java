package org.secrethandshake.conformance.hostile;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.spi.CryptoProvider;

/**
 * What clientAuthenticate and serverAccept are made of, each part of which a liar may replace. It
 * starts from what an honest peer would take:
 *
 * <pre>
 *   clientAuthenticate = box[hash(K | ab | aB)](nonce 0)(sign_A(K | B_p | hash(ab)) | A_p)
 *   serverAccept       = box[hash(K | ab | aB | Ab)](nonce 0)(sign_B(K | H | hash(ab)))
 * </pre>
 */
final class Proof {
  /** Where a part stands. */
  enum Part {
    BOX_NETWORK,
    BOX_AB,
    BOX_A_SERVER,
    BOX_CLIENT_B,
    SIGNED_NETWORK,
    /** {@code B_p} or {@code H}: whom or what the signature answers. */
    SIGNED_PEER,
    SIGNED_AB,
    /** The seed that signs. */
    SIGNER,
    /** The signature, if it is not to be made of the parts above. */
    SIGNATURE,
    /** {@code A_p} in clientAuthenticate; in serverAccept nothing follows the signature. */
    CLAIMED;

    /** Whether it goes into the key of the box. */
    boolean isOfTheBox() {
      return compareTo(BOX_CLIENT_B) <= 0;
    }
  }

  private final Formulas formulas;
  private final Map<Part, byte[]> parts = new EnumMap<>(Part.class);

  private Proof(Formulas formulas) {
    this.formulas = formulas;
    for (Part network : new Part[] {Part.BOX_NETWORK, Part.SIGNED_NETWORK}) {
      parts.put(network, formulas.network());
    }
    parts.put(Part.BOX_CLIENT_B, new byte[0]);
    parts.put(Part.CLAIMED, new byte[0]);
  }

  /** What a client takes that has sent a hello with {@code a} and got this one back. */
  static Proof ofClient(
      Formulas formulas, byte[] seed, byte[] a, byte[] serverHello, byte[] serverKey) {
    byte[] ab = formulas.agree(a, Formulas.pointOf(serverHello));
    return new Proof(formulas)
        .with(Part.BOX_AB, ab)
        .with(Part.BOX_A_SERVER, formulas.agree(a, formulas.curve(serverKey)))
        .with(Part.SIGNED_PEER, serverKey)
        .with(Part.SIGNED_AB, ab)
        .with(Part.SIGNER, seed)
        .with(Part.CLAIMED, formulas.publicKey(seed));
  }

  /** What a server takes that got this hello, sent one with {@code b}, and then read {@code H}. */
  static Proof ofServer(
      Formulas formulas, byte[] seed, byte[] b, byte[] clientHello, byte[] clientProof) {
    byte[] a = Formulas.pointOf(clientHello);
    byte[] ab = formulas.agree(b, a);
    byte[] clientKey =
        Arrays.copyOfRange(clientProof, CryptoProvider.SIGNATURE_BYTES, clientProof.length);
    return new Proof(formulas)
        .with(Part.BOX_AB, ab)
        .with(Part.BOX_A_SERVER, formulas.agree(formulas.scalar(seed), a))
        .with(Part.BOX_CLIENT_B, formulas.agree(b, formulas.curve(clientKey)))
        .with(Part.SIGNED_PEER, clientProof)
        .with(Part.SIGNED_AB, ab)
        .with(Part.SIGNER, seed);
  }

  /** The same with one part replaced. */
  Proof with(Part part, byte[] value) {
    Proof changed = new Proof(formulas);
    changed.parts.putAll(parts);
    changed.parts.put(part, value);
    return changed;
  }

  /** What the signature covers. A part that is empty is left out, its hash included. */
  byte[] signed() {
    byte[] ab = parts.get(Part.SIGNED_AB);
    return Formulas.concat(
        parts.get(Part.SIGNED_NETWORK),
        parts.get(Part.SIGNED_PEER),
        ab.length == 0 ? ab : formulas.hash(ab));
  }

  /** What the box holds. For a client this is {@code H}. */
  byte[] content() {
    byte[] signature = parts.get(Part.SIGNATURE);
    return Formulas.concat(
        signature == null ? formulas.sign(parts.get(Part.SIGNER), signed()) : signature,
        parts.get(Part.CLAIMED));
  }

  /** The message. */
  byte[] message() {
    return formulas.box(boxKey(), content());
  }

  private byte[] boxKey() {
    return formulas.hash(
        parts.get(Part.BOX_NETWORK),
        parts.get(Part.BOX_AB),
        parts.get(Part.BOX_A_SERVER),
        parts.get(Part.BOX_CLIENT_B));
  }
}
