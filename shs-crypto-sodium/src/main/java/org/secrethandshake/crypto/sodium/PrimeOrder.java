package org.secrethandshake.crypto.sodium;

import java.util.HexFormat;
import java.util.Optional;

/**
 * The whole rule for keys, without libsodium: a canonical encoding of a point of the prime-order
 * subgroup that is not the identity.
 *
 * <p>Multiplying by the order {@code L}, as libsodium does, costs at least twice as much. Here the
 * point is halved once, and one pairing value tells the rest (compare T. Pornin, eprint 2022/1164,
 * and D. Koshelev, eprint 2022/037).
 *
 * <p><b>Why it is right.</b> An Ed25519 point {@code A} other than those with {@code x = 0} is, in
 * its Montgomery form {@code v^2 = u^3 + 486662 u^2 + u}, the point with {@code u = (1 + y) / (1 -
 * y)}. The group {@code E} of all points is cyclic of order {@code 8 L}, {@code L} prime, so {@code
 * A} has order {@code L} or 1 if and only if {@code A} is in {@code 8E}, that is: {@code A = 2Q}
 * with {@code Q} in {@code 4E}. If there is one such {@code Q}, the only other half of {@code A},
 * {@code Q + T} with {@code T = (0, 0)} of order 2, is in {@code 4E} too, since {@code T} is. So
 * one half decides.
 *
 * <ol>
 *   <li>{@code A} is in {@code 2E} if and only if {@code u = w^2} is a square: that is the pairing
 *       with {@code T}. Given that, {@code A} is on the curve, and not on its twist, if and only if
 *       {@code u^2 + 486662 u + 1 = r^2} is a square.
 *   <li>A point with coordinate {@code q} has the double {@code A} or {@code -A} if and only if
 *       {@code (q^2 - 1)^2 = 4 u q (q^2 + 486662 q + 1)}. With {@code t = q + 1/q} this reads
 *       {@code t^2 - 4 u t - 4 (1 + 486662 u) = 0}, hence {@code t = 2 (u + r)} or {@code t = 2 (u
 *       - r)}; and {@code t^2 - 4 = 4 u (t + 486662)}, so {@code q} is rational if and only if
 *       {@code z = t + 486662} is a square. The product of both {@code z} is {@code 486662^2 - 4},
 *       which is none: exactly one sign of {@code r} serves, and {@code q = u + r + w sqrt(z)}.
 *   <li>{@code Q} is in {@code 4E} if and only if its Tate pairing with a point of order 4 is 1
 *       ({@code 4} divides {@code p - 1}, and the points of order 4 are rational and cyclic, so the
 *       pairing maps {@code E/4E} one to one). That point is {@code (1, s)} with {@code s^2 =
 *       486664}. Its tangent {@code v = s u} meets the curve in {@code T} besides, so the function
 *       {@code (v - s u)^2 / u} has the divisor of the pairing, which is the value at {@code Q}
 *       raised to {@code (p - 1) / 4}. With {@code v = (q^2 - 1) / (2 w)} and without fourth
 *       powers, which that exponent turns into 1, the value is {@code (2 w (q^2 - 1 - 2 s w q) q)^2
 *       q}. Of the tangent's points, {@code T} is half of the identity and the point of order 4
 *       half of {@code T}, which were refused for {@code x = 0}.
 * </ol>
 *
 * <p>The sign of {@code x} does not matter: {@code A} and {@code -A} are valid together.
 */
final class PrimeOrder {
  private static final FieldElement A = FieldElement.of(486662);

  /** A square root of -1. */
  private static final FieldElement I =
      constant("b0a00e4a271beec478e42fad0618432fa7d7fb3d99004d2b0bdfc14f8024832b");

  /** A square root of 486664. */
  private static final FieldElement S =
      constant("1544889cef48a2e963934a28c7115a63efa6f4d77aa71fc2afc2a9f997f4e46b");

  /** Square roots of {@code (A^2 - 4) / i} and of {@code (A^2 - 4) / -i}. */
  private static final FieldElement K_I =
      constant("2252bab37712b7a875ca51b8d41ed79d8fa62c2069d925beeef1ac27bcc59f21");

  private static final FieldElement K_MINUS_I =
      constant("86634ba1ef8bbc00cc86a6c59ea1c66748a603cf9c1ecce7f0eb0e3b8b017f79");

  private static final FieldElement MINUS_ONE = FieldElement.ONE.negated();
  private static final int LAST = 31;

  private PrimeOrder() {}

  /**
   * Validates an encoded Ed25519 point and gives its {@code u} coordinate.
   *
   * @param encoding 32 bytes
   * @return 32 bytes, or empty if the rule refuses the point
   */
  static Optional<byte[]> toMontgomery(byte[] encoding) {
    if (!isCanonicalWithX(encoding)) {
      return Optional.empty();
    }
    FieldElement y = FieldElement.decode(encoding);
    return rootOfRatio(FieldElement.ONE.plus(y), FieldElement.ONE.minus(y))
        .filter(PrimeOrder::isInEightE)
        .map(w -> w.squared().encode());
  }

  /**
   * Tells whether {@code y < p}, and {@code y} is neither {@code 1} nor {@code -1}, the two for
   * which {@code x} is zero and its sign has no meaning.
   */
  static boolean isCanonicalWithX(byte[] encoding) {
    int top = encoding[LAST] & 0x7f;
    int lowest = encoding[0] & 0xff;
    if (top == 0x7f && allBetween(encoding, (byte) 0xff)) {
      return lowest < 0xec; // p ends in ed, -1 in ec
    }
    return !(top == 0 && lowest == 1 && allBetween(encoding, (byte) 0));
  }

  private static boolean allBetween(byte[] encoding, byte value) {
    for (int i = 1; i < LAST; i++) {
      if (encoding[i] != value) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInEightE(FieldElement w) {
    FieldElement u = w.squared();
    FieldElement rr = u.squared().plus(A.times(u)).plus(FieldElement.ONE);
    return rootOfRatio(rr, FieldElement.ONE).filter(r -> isInFourE(half(u, w, r), w)).isPresent();
  }

  /** The coordinate {@code q} of a half. */
  private static FieldElement half(FieldElement u, FieldElement w, FieldElement r) {
    FieldElement z = r.plus(u).plus(r).plus(u).plus(A);
    FieldElement power = z.rootPower();
    // power^2 = order / z, and order is a fourth root of 1. The root of the other z, which is
    // (A^2 - 4) / z, comes from the same power.
    FieldElement order = power.squared().times(z);
    if (order.is(FieldElement.ONE)) {
      return u.plus(r).plus(w.times(z).times(power));
    }
    if (order.is(MINUS_ONE)) {
      return u.plus(r).plus(w.times(z).times(power).times(I));
    }
    return u.minus(r).plus(w.times(power).times(order.is(I) ? K_I : K_MINUS_I));
  }

  private static boolean isInFourE(FieldElement q, FieldElement w) {
    FieldElement swq = S.times(w).times(q);
    FieldElement line = q.squared().minus(FieldElement.ONE).minus(swq).minus(swq);
    FieldElement value = w.plus(w).times(line).times(q).squared().times(q);
    // (p - 1) / 4 = 2 (p - 5) / 8 + 1
    return value.rootPower().squared().times(value).is(FieldElement.ONE);
  }

  /** A square root of {@code a / b}, or empty if there is none; {@code b} is not zero. */
  private static Optional<FieldElement> rootOfRatio(FieldElement a, FieldElement b) {
    FieldElement b3 = b.squared().times(b);
    FieldElement b7 = b3.squared().times(b);
    FieldElement root = a.times(b7).rootPower().times(a).times(b3);
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
