package org.secrethandshake.conformance.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The inputs of one call: what they were made as, and which of their bits were flipped then. The
 * last one may be of any length, down to a least one.
 *
 * @param whole the inputs before any flip
 * @param flips the bits flipped in them
 * @param leastBytes the least length of the last input; {@link #FIXED} if it has just one
 */
record Case(List<byte[]> whole, List<Flip> flips, int leastBytes) {
  static final int FIXED = Integer.MAX_VALUE;

  private static final int MOST_FLIPS = 4;

  /** A bit of an input. */
  record Flip(int input, int bit) {}

  static Case fixed(byte[]... inputs) {
    return new Case(List.of(inputs), List.of(), FIXED);
  }

  static Case of(int leastBytes, byte[]... inputs) {
    return new Case(List.of(inputs), List.of(), leastBytes);
  }

  /** This case with a few random bits flipped. */
  Case damaged(Random random) {
    List<Flip> more = new ArrayList<>(flips);
    for (int left = 1 + random.nextInt(MOST_FLIPS); left > 0; left--) {
      int input = random.nextInt(whole.size());
      int bits = whole.get(input).length * Byte.SIZE;
      if (bits > 0) {
        more.add(new Flip(input, random.nextInt(bits)));
      }
    }
    return new Case(whole, more, leastBytes);
  }

  /** Fresh copies of what the backends are asked. */
  List<byte[]> inputs() {
    List<byte[]> inputs = whole.stream().map(byte[]::clone).toList();
    flips.forEach(
        flip -> inputs.get(flip.input())[flip.bit() / Byte.SIZE] ^= (byte) (1 << flip.bit() % 8));
    return inputs;
  }

  /** All cases one step smaller: the greater steps first. */
  Stream<Case> smaller() {
    Stream<Case> fewerFlips = flips.stream().map(this::without);
    return Stream.of(fewerFlips, shorter(), zeroed()).flatMap(cases -> cases);
  }

  private Case without(Flip flip) {
    List<Flip> fewer = new ArrayList<>(flips);
    fewer.remove(flip);
    return new Case(whole, fewer, leastBytes);
  }

  private Stream<Case> shorter() {
    int length = whole.get(whole.size() - 1).length;
    return Stream.of(leastBytes, length / 2, length - length / 4, length - 1)
        .filter(shorter -> shorter >= leastBytes && shorter < length)
        .map(this::cutTo);
  }

  private Case cutTo(int length) {
    int last = whole.size() - 1;
    List<Flip> within =
        flips.stream()
            .filter(flip -> flip.input() != last || flip.bit() < length * Byte.SIZE)
            .toList();
    return new Case(replaced(last, Arrays.copyOf(whole.get(last), length)), within, leastBytes);
  }

  private Stream<Case> zeroed() {
    Stream.Builder<Case> cases = Stream.builder();
    for (int input = 0; input < whole.size(); input++) {
      int length = whole.get(input).length;
      for (int step = length; step > 0; step /= 2) {
        for (int from = 0; from < length; from += step) {
          zeroed(input, from, Math.min(length, from + step), cases);
        }
      }
    }
    return cases.build();
  }

  private void zeroed(int input, int from, int to, Stream.Builder<Case> cases) {
    byte[] zeroed = whole.get(input).clone();
    Arrays.fill(zeroed, from, to, (byte) 0);
    if (!Arrays.equals(zeroed, whole.get(input))) {
      cases.add(new Case(replaced(input, zeroed), flips, leastBytes));
    }
  }

  private List<byte[]> replaced(int input, byte[] bytes) {
    List<byte[]> inputs = new ArrayList<>(whole);
    inputs.set(input, bytes);
    return inputs;
  }

  @Override
  public String toString() {
    return String.join(
        "\n", inputs().stream().map(input -> "  " + HexFormat.of().formatHex(input)).toList());
  }
}
