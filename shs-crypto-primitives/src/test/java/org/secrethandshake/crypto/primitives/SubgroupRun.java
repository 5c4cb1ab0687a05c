package org.secrethandshake.crypto.primitives;

import static org.secrethandshake.testkit.Edwards25519.L;
import static org.secrethandshake.testkit.Edwards25519.P;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.secrethandshake.testkit.Edwards25519;

/**
 * Compares {@link PrimeOrder} with the definition of the subgroup, {@code [L]P = identity}, on
 * random encodings and on random points of each torsion class. As a program, with a number of
 * points and a seed, it runs longer than the build does.
 */
final class SubgroupRun {
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
  private static final int CLASSES = 8;

  private final Random random;
  private int valid;
  private int compared;
  private Optional<byte[]> difference = Optional.empty();

  SubgroupRun(long seed) {
    random = new Random(seed);
  }

  public static void main(String[] arguments) {
    SubgroupRun run = new SubgroupRun(Long.parseLong(arguments[1]));
    run.compare(Integer.parseInt(arguments[0]));
    System.out.printf(
        "%s in %d points, of which %d valid%n", run.difference(), run.compared, run.valid);
  }

  /** Stops at the first difference. */
  SubgroupRun compare(int points) {
    Edwards25519 start = Edwards25519.BASE.times(new BigInteger(250, random));
    while (compared < points && difference.isEmpty()) {
      byte[] encoding = new byte[32];
      if (compared % 2 == 0) {
        random.nextBytes(encoding);
      } else {
        start = start.plus(Edwards25519.BASE);
        encoding = start.plus(Edwards25519.TORSION.get(compared / 2 % CLASSES)).encoding();
      }
      compare(encoding);
    }
    return this;
  }

  String difference() {
    return difference.map(HexFormat.of()::formatHex).orElse("no difference");
  }

  private void compare(byte[] encoding) {
    boolean expected = isValid(encoding);
    if (PrimeOrder.begins(encoding) != expected) {
      difference = Optional.of(encoding);
    }
    valid += expected ? 1 : 0;
    compared++;
  }

  private static boolean isValid(byte[] encoding) {
    BigInteger y = Edwards25519.number(encoding).clearBit(255);
    return y.compareTo(P) < 0
        && Edwards25519.withY(y)
            .filter(point -> point.x().signum() != 0)
            .map(point -> Projective.of(point).times(L).isIdentity())
            .orElse(false);
  }

  /**
   * A point as {@code (X : Y : Z : T)} with {@code T = XY / Z}: what {@link Edwards25519} computes,
   * without its inversions. The sum is RFC 8032's, section 5.1.4, which doubles too.
   */
  private record Projective(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {
    static Projective of(Edwards25519 point) {
      return new Projective(point.x(), point.y(), BigInteger.ONE, product(point.x(), point.y()));
    }

    Projective plus(Projective other) {
      BigInteger a = product(y.subtract(x), other.y.subtract(other.x));
      BigInteger b = product(y.add(x), other.y.add(other.x));
      BigInteger c = product(product(t, other.t), D).shiftLeft(1);
      BigInteger d = product(z, other.z).shiftLeft(1);
      BigInteger e = b.subtract(a);
      BigInteger f = d.subtract(c);
      BigInteger g = d.add(c);
      BigInteger h = b.add(a);
      return new Projective(product(e, f), product(g, h), product(f, g), product(e, h));
    }

    Projective times(BigInteger factor) {
      Projective result = of(Edwards25519.IDENTITY);
      for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
        result = result.plus(result);
        result = factor.testBit(bit) ? result.plus(this) : result;
      }
      return result;
    }

    boolean isIdentity() {
      return x.signum() == 0 && y.equals(z);
    }

    private static BigInteger product(BigInteger one, BigInteger other) {
      return one.multiply(other).mod(P);
    }
  }
}
