package org.secrethandshake.wiping;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that was on the heap of a JVM, written to a file by it and searched by another. */
final class HeapDump {
  /** A part of a secret is one: so much of it in a row is a find. */
  private static final int PIECE_BYTES = 16;

  private final byte[] dump;

  private HeapDump(byte[] dump) {
    this.dump = dump;
  }

  /**
   * Writes the heap of this JVM.
   *
   * @param reachable whether to collect garbage first, and leave it out
   */
  static void write(Path file, boolean reachable) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), reachable);
  }

  static HeapDump read(Path file) throws IOException {
    return new HeapDump(Files.readAllBytes(file));
  }

  /** Returns how often each secret is there, counting that piece of it that is there most often. */
  Map<Secret, Integer> copies(Collection<Secret> secrets) {
    Map<Long, Map<ByteBuffer, int[]>> wanted = new HashMap<>();
    boolean[] begins = new boolean[1 << Short.SIZE];
    for (Secret secret : secrets) {
      for (ByteBuffer piece : pieces(secret)) {
        wanted.computeIfAbsent(piece.getLong(0), start -> new HashMap<>()).put(piece, new int[1]);
        begins[piece.getShort(0) & 0xffff] = true;
      }
    }
    ByteBuffer heap = ByteBuffer.wrap(dump);
    for (int at = 0; at + PIECE_BYTES <= dump.length; at++) {
      if (begins[heap.getShort(at) & 0xffff] && wanted.containsKey(heap.getLong(at))) {
        int[] count = wanted.get(heap.getLong(at)).get(heap.slice(at, PIECE_BYTES));
        if (count != null) {
          count[0]++;
        }
      }
    }
    Map<Secret, Integer> copies = new HashMap<>();
    for (Secret secret : secrets) {
      for (ByteBuffer piece : pieces(secret)) {
        copies.merge(secret, wanted.get(piece.getLong(0)).get(piece)[0], Math::max);
      }
    }
    return copies;
  }

  /** The pieces as bytes, and as the numbers into which ciphers read them. */
  private static List<ByteBuffer> pieces(Secret secret) {
    byte[] bytes = secret.bytes();
    int count = bytes.length / PIECE_BYTES;
    ByteBuffer[] pieces = new ByteBuffer[2 * count];
    for (int i = 0; i < count; i++) {
      byte[] piece = Arrays.copyOfRange(bytes, i * PIECE_BYTES, (i + 1) * PIECE_BYTES);
      byte[] numbers = new byte[PIECE_BYTES];
      for (int j = 0; j < PIECE_BYTES; j++) {
        numbers[j] = piece[j ^ 3];
      }
      pieces[2 * i] = ByteBuffer.wrap(piece);
      pieces[2 * i + 1] = ByteBuffer.wrap(numbers);
    }
    return List.of(pieces);
  }
}
