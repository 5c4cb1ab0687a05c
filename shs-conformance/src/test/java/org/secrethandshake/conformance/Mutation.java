package org.secrethandshake.conformance;

import java.util.Arrays;
import java.util.Random;

/** Random damage to bytes, of the kinds that networks, attackers and faulty peers do. */
public enum Mutation {
  FLIP_A_BIT {
    @Override
    void apply(byte[] bytes, Random random) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
  },
  FLIP_SEVERAL_BITS {
    @Override
    void apply(byte[] bytes, Random random) {
      for (int left = 2 + random.nextInt(16); left > 0; left--) {
        FLIP_A_BIT.apply(bytes, random);
      }
    }
  },
  SET_A_RANGE {
    @Override
    void apply(byte[] bytes, Random random) {
      int from = random.nextInt(bytes.length);
      int to = from + 1 + random.nextInt(bytes.length - from);
      Arrays.fill(bytes, from, to, (byte) (random.nextBoolean() ? 0 : random.nextInt()));
    }
  },
  SWAP_TWO_RANGES {
    @Override
    void apply(byte[] bytes, Random random) {
      int length = 1 + random.nextInt(Math.max(1, bytes.length / 2));
      int last = bytes.length - length;
      byte[] first = Arrays.copyOf(bytes, length);
      System.arraycopy(bytes, last, bytes, 0, length);
      System.arraycopy(first, 0, bytes, last, length);
    }
  },
  REPLACE_ALL {
    @Override
    void apply(byte[] bytes, Random random) {
      random.nextBytes(bytes);
    }
  };

  private static final Mutation[] ALL = values();

  abstract void apply(byte[] bytes, Random random);

  /** A copy with random damage, which by chance may be none. */
  public static byte[] mutate(byte[] bytes, Random random) {
    byte[] mutated = bytes.clone();
    ALL[random.nextInt(ALL.length)].apply(mutated, random);
    return mutated;
  }
}
