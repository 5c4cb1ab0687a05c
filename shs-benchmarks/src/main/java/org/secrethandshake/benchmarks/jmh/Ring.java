package org.secrethandshake.benchmarks.jmh;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Inputs in turn, so that no invocation can reuse what the one before has computed. */
final class Ring<T> {
  /** A power of two, so that a mask finds the next one. */
  private static final int SIZE = 16;

  private final List<T> items;
  private int next;

  private Ring(List<T> items) {
    this.items = items;
  }

  static <T> Ring<T> of(IntFunction<T> maker) {
    return new Ring<>(IntStream.range(0, SIZE).mapToObj(maker).toList());
  }

  static Ring<ByteBuffer> ofBuffers(int length) {
    return of(index -> ByteBuffer.wrap(bytes(index, length)));
  }

  static byte[] bytes(int index, int length) {
    byte[] bytes = new byte[length];
    new Random(index).nextBytes(bytes);
    return bytes;
  }

  T next() {
    return items.get(next++ & SIZE - 1);
  }
}
