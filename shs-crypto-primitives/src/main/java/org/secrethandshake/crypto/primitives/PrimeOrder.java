package org.secrethandshake.crypto.primitives;

import java.util.HexFormat;
import java.util.Optional;

/**
 * The whole rule for keys, and for {@code R} of a signature: a canonical encoding of a point of the
 * prime-order subgroup that is not the identity.
 *
 * <p>The definition of that subgroup is {@code [L]P = identity}, and libraries multiply. Here the
 * point is halved once, and one pairing value tells the rest: four exponentiations instead of 253
 * doublings. Pure Java, in a field of its own, without any library.
 *
 * <p>For public values: nothing here takes care to run in constant time. Stateless and thread-safe.
 *
 * <h2>The theorem</h2>
 *
 * <p>Let {@code p = 2^255 - 19} and {@code A = 486662}, and let {@code E} be the group of {@code
 * v^2 = u^3 + A u^2 + u} over the field of {@code p} elements, to which Ed25519's is isomorphic by
 * {@code u = (1 + y) / (1 - y)} (RFC 7748, section 4.1). Let {@code 0 <= y < p}, neither 1 nor -1.
 * The two points {@code P} and {@code -P} with this {@code y} exist and are of order {@code L} if
 * and only if
 *
 * <ol>
 *   <li>{@code u} is a square, {@code u = w^2}, and
 *   <li>{@code u^2 + A u + 1} is a square, {@code r^2}; then {@code P} has a half {@code Q}, that
 *       is {@code 2Q = P} or {@code -P}, with the coordinate {@code q} that {@code half} computes;
 *       and
 *   <li>{@code (2 w (q^2 - 1 - 2 s w q) q)^2 q} is a fourth power, where {@code s^2 = A + 2}.
 * </ol>
 *
 * <h2>Where it comes from</h2>
 *
 * <p>Halving before a test of residues is T. Pornin's idea, <i>Point-Halving and Subgroup
 * Membership in Twisted Edwards Curves</i>, eprint 2022/1164. The test by a Tate pairing with a
 * rational point of small order is D. Koshelev's, <i>Subgroup membership testing on elliptic curves
 * via the Tate pairing</i>, eprint 2022/037; it needs the order to divide {@code p - 1}, which 4
 * does and 8 does not, hence one halving. The formulas below are derived here. All that the proof
 * takes from elsewhere is that {@code #E = 8L} (RFC 7748, section 4.1), and that the Tate pairing
 * is not degenerate (G. Frey, H.-G. R&uuml;ck, <i>A remark concerning m-divisibility and the
 * discrete logarithm in the divisor class group of curves</i>, Math. Comp. 62, 1994).
 *
 * <h2>The proof</h2>
 *
 * <p><b>0. From order to divisibility.</b> {@code A^2 - 4} is no square, so {@code T = (0, 0)} is
 * the only point of order 2, and {@code E}, of order {@code 8L}, is cyclic. So the subgroup of
 * order {@code L} is {@code 8E}. {@code P} is in {@code 8E} if and only if {@code P = 2Q} with
 * {@code Q} in {@code 4E}. The only other half of {@code P} is {@code Q + T}; it is in {@code 4E}
 * if {@code Q} is, since {@code T} is. So any one half decides, and so does one of {@code -P}. The
 * only points with {@code x = 0} are the identity and {@code T}, at {@code y = 1} and {@code y =
 * -1}. Neither is of order {@code L}, and for all others neither {@code u} nor {@code 1 - y} is 0.
 *
 * <p><b>1. A half needs a square.</b> The double of a point with coordinate {@code q} has the
 * coordinate {@code u = (q^2 - 1)^2 / (4 f(q))} with {@code f(q) = q^3 + A q^2 + q}, and {@code
 * f(q) = v^2} is a square. So if {@code P = 2Q}, then {@code u} is a square. And {@code P} is on
 * the curve, not on its twist, if and only if {@code f(u) = u (u^2 + A u + 1)} is a square, which
 * for a square {@code u} says that {@code u^2 + A u + 1} is.
 *
 * <p><b>2. Squares give a half.</b> Solve {@code (q^2 - 1)^2 = 4 u q (q^2 + A q + 1)} for {@code
 * q}, which is not 0. Divided by {@code q^2}, and with {@code t = q + 1/q}, it reads {@code t^2 - 4
 * u t - 4 (1 + A u) = 0}, hence {@code t = 2 (u + r)} or {@code t = 2 (u - r)}. For given {@code
 * t}, {@code q = (t + sqrt(t^2 - 4)) / 2}, and by the same equation {@code t^2 - 4 = 4 u (t + A)}.
 * So with {@code z = t + A}, {@code q = t/2 + w sqrt(z)}. The two {@code z} have the product {@code
 * A^2 - 4}, which is no square (and not 0): for exactly one sign of {@code r}, {@code z} is a
 * square. With that {@code q}, {@code f(q) = ((q^2 - 1) / (2w))^2}, so {@code Q} is on the curve.
 *
 * <p><b>3. Which halves are in 4E.</b> The point {@code F = (1, s)} has order 4: its tangent {@code
 * v = s u} meets the curve in {@code T} besides, so {@code 2F = T}. The function {@code (v - s u)^2
 * / u} therefore has a zero of order 4 at {@code F}, a pole of order 4 at the identity, and no
 * others; {@code v^2 / u} leads it at the identity, so it is normalized. Its value at {@code Q},
 * modulo fourth powers, is the Tate pairing of {@code F} and {@code Q}. As 4 divides {@code p - 1}
 * and {@code F} generates all points whose order divides 4, the pairing maps {@code E/4E} one to
 * one: {@code Q} is in {@code 4E} if and only if the value is a fourth power. {@code Q} is neither
 * {@code F} nor {@code T} nor the identity, as their doubles are {@code T} and the identity. With
 * {@code v = (q^2 - 1) / (2w)} (the other sign is that of {@code -Q}), and multiplied by the fourth
 * power {@code (2 w q)^4}, the value is {@code (2 w (q^2 - 1 - 2 s w q) q)^2 q}.
 *
 * <h2>What remains to be tested</h2>
 *
 * <p>The facts about {@code E}, {@code L} and the constants; the arithmetic of {@link
 * FieldElement}; each of the three steps by points that only it refuses; each way through the
 * square roots; all encodings that are not canonical or have no {@code x}; and the answer against
 * the definition. {@code PrimeOrderTest} and {@code FieldElementTest} have a test for each.
 */
public final class PrimeOrder {
  private static final FieldElement A = FieldElement.of(486662);
  private static final FieldElement MINUS_ONE = FieldElement.ONE.negated();

  /** {@code i^2 = -1}. */
  static final FieldElement I =
      constant("b0a00e4a271beec478e42fad0618432fa7d7fb3d99004d2b0bdfc14f8024832b");

  /** {@code s^2 = A + 2}. */
  static final FieldElement S =
      constant("1544889cef48a2e963934a28c7115a63efa6f4d77aa71fc2afc2a9f997f4e46b");

  /** {@code k^2 = (A^2 - 4) / i}. */
  static final FieldElement K_I =
      constant("2252bab37712b7a875ca51b8d41ed79d8fa62c2069d925beeef1ac27bcc59f21");

  /** {@code k^2 = (A^2 - 4) / -i}. */
  static final FieldElement K_MINUS_I =
      constant("86634ba1ef8bbc00cc86a6c59ea1c66748a603cf9c1ecce7f0eb0e3b8b017f79");

  private static final int LAST = 31;

  private PrimeOrder() {}

  /**
   * Validates an encoded Ed25519 point and gives its X25519 form, the {@code u} coordinate.
   *
   * @param encoding 32 bytes
   * @return 32 bytes, or empty if the rule refuses the point
   */
  public static Optional<byte[]> toMontgomery(byte[] encoding) {
    return validRoot(encoding).map(w -> w.squared().encode()); // u = w^2
  }

  /**
   * Tells whether a point that the rule accepts stands at the beginning of an array, as {@code R}
   * does in a signature.
   *
   * @param bytes 32 bytes or more
   */
  public static boolean begins(byte[] bytes) {
    return validRoot(bytes).isPresent();
  }

  /**
   * Tells whether the encoding is canonical, {@code y < p}, and has an {@code x} that is not zero:
   * {@code y} is neither {@code 1} nor {@code -1}. The sign of {@code x}, the highest bit, has no
   * part in this, nor in the rest of the rule: {@code P} and {@code -P} are valid together.
   *
   * @param encoding 32 bytes or more, of which the first 32 count
   */
  public static boolean isCanonicalWithX(byte[] encoding) {
    int highest = encoding[LAST] & 0x7f;
    int lowest = encoding[0] & 0xff;
    if (highest == 0x7f && allBetween(encoding, (byte) 0xff)) {
      return lowest < 0xec; // p ends in ed, -1 in ec
    }
    return !(highest == 0 && lowest == 1 && allBetween(encoding, (byte) 0));
  }

  private static boolean allBetween(byte[] encoding, byte value) {
    for (int i = 1; i < LAST; i++) {
      if (encoding[i] != value) {
        return false;
      }
    }
    return true;
  }

  /** The root {@code w} of the {@code u} of a point that the rule accepts. */
  private static Optional<FieldElement> validRoot(byte[] encoding) {
    if (!isCanonicalWithX(encoding)) {
      return Optional.empty();
    }
    FieldElement y = FieldElement.decode(encoding);
    // Step 1: u = (1 + y) / (1 - y) = w^2.
    return rootOfRatio(FieldElement.ONE.plus(y), FieldElement.ONE.minus(y))
        .filter(PrimeOrder::isInEightE);
  }

  private static boolean isInEightE(FieldElement w) {
    FieldElement u = w.squared();
    // Step 2: u^2 + A u + 1 = r^2.
    return rootOfRatio(u.squared().plus(A.times(u)).plus(FieldElement.ONE), FieldElement.ONE)
        .map(r -> half(u, w, r))
        .filter(q -> isInFourE(q, w))
        .isPresent();
  }

  /** The coordinate {@code q} of a half: step 2. */
  private static FieldElement half(FieldElement u, FieldElement w, FieldElement r) {
    FieldElement sum = u.plus(r);
    FieldElement z = sum.plus(sum).plus(A); // z = 2 (u + r) + A
    FieldElement power = z.rootPower(); // z^((p - 5) / 8)
    FieldElement order = power.squared().times(z); // z^((p - 1) / 4), so order^4 = 1
    if (order.is(FieldElement.ONE)) {
      // q = u + r + w sqrt(z), and (power z)^2 = order z = z.
      return sum.plus(w.times(power).times(z));
    }
    if (order.is(MINUS_ONE)) {
      // q = u + r + w sqrt(z), and (i power z)^2 = -order z = z.
      return sum.plus(w.times(power).times(z).times(I));
    }
    // z is no square, so the other z, which is (A^2 - 4) / z, is one:
    // q = u - r + w sqrt((A^2 - 4) / z), and (k power)^2 = ((A^2 - 4) / order) (order / z).
    FieldElement k = order.is(I) ? K_I : K_MINUS_I;
    return u.minus(r).plus(w.times(power).times(k));
  }

  /** Step 3. */
  private static boolean isInFourE(FieldElement q, FieldElement w) {
    FieldElement swq = S.times(w).times(q);
    // 2w (v - s q) = q^2 - 1 - 2 s w q
    FieldElement line = q.squared().minus(FieldElement.ONE).minus(swq).minus(swq);
    // (2 w line q)^2 q
    FieldElement value = w.plus(w).times(line).times(q).squared().times(q);
    // A fourth power: value^((p - 1) / 4) = 1, and (p - 1) / 4 = 2 (p - 5) / 8 + 1.
    return value.rootPower().squared().times(value).is(FieldElement.ONE);
  }

  /**
   * A square root of {@code a / b}, or empty if there is none; {@code b} is not zero (RFC 8032,
   * section 5.1.3).
   */
  private static Optional<FieldElement> rootOfRatio(FieldElement a, FieldElement b) {
    FieldElement b3 = b.squared().times(b);
    FieldElement b7 = b3.squared().times(b);
    FieldElement root = a.times(b7).rootPower().times(a).times(b3); // a b^3 (a b^7)^((p - 5) / 8)
    FieldElement check = root.squared().times(b);
    if (check.is(a)) {
      return Optional.of(root);
    }
    return check.is(a.negated()) ? Optional.of(root.times(I)) : Optional.empty();
  }

  private static FieldElement constant(String hex) {
    return FieldElement.decode(HexFormat.of().parseHex(hex));
  }
}
