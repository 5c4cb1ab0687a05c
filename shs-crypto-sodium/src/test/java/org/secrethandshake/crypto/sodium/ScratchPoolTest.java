package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which memory an operation gets, and what becomes of it afterwards. */
class ScratchPoolTest {
  private static final int FIXED_BYTES = 6 * Scratch.ALIGNMENT;

  /** Places that a thread looks at, and all that there are. */
  private static final int ATTEMPTS = 4;

  private static final int SLOTS = 16;

  @BeforeAll
  static void load() {
    Installed.provider();
  }

  /** What this thread finds afterwards, it has put there. */
  @BeforeEach
  void empty() {
    for (int bytes : new int[] {0, 4096, 1 << 16}) {
      take(bytes, ATTEMPTS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 256",
    "256, 256",
    "257, 4096",
    "4096, 4096",
    "4097, 65536",
    "65536, 65536",
  })
  void hasOneOfThreeSizes(int messageBytes, int roomBytes) {
    assertEquals(FIXED_BYTES + roomBytes, ScratchPool.take(messageBytes).bytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {(1 << 16) + 1, 100_000, 1 << 20})
  void hasRoomForEveryLongerMessageAndNotMuchMore(int messageBytes) {
    int bytes = ScratchPool.take(messageBytes).bytes();

    int needed = FIXED_BYTES + messageBytes;
    assertTrue(bytes >= needed && bytes <= needed + Scratch.ALIGNMENT, () -> "it has " + bytes);
    assertEquals(0, bytes % Scratch.ALIGNMENT);
  }

  @Test
  void refusesAMessageThatNoMemoryHolds() {
    String message =
        assertThrows(OutOfMemoryError.class, () -> ScratchPool.take(Integer.MAX_VALUE))
            .getMessage();
    assertEquals("a message of 2147483647 bytes exceeds native memory", message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4096, 1 << 16})
  void givesBackWhatItWasGivenAndNothingTwice(int messageBytes) {
    List<Scratch> first = take(messageBytes, ATTEMPTS);
    first.forEach(Scratch::close);

    List<Scratch> second = take(messageBytes, ATTEMPTS);
    assertEquals(first, second);
    assertTrue(take(messageBytes, ATTEMPTS).stream().noneMatch(first::contains));
  }

  @Test
  void lendsRoomUntilItIsFull() {
    try (Scratch scratch = ScratchPool.take(0)) {
      long first = scratch.room(Scratch.ALIGNMENT);
      assertEquals(first + Scratch.ALIGNMENT, scratch.room(1));
      assertEquals(
          first + 2 * Scratch.ALIGNMENT, scratch.room(scratch.bytes() - 2 * Scratch.ALIGNMENT));

      String message =
          assertThrows(IndexOutOfBoundsException.class, () -> scratch.room(1)).getMessage();
      assertEquals("the scratch has no room for 1 bytes more", message);
    }
  }

  @Test
  void keepsNoLongerMemory() {
    Scratch longer = ScratchPool.take((1 << 16) + 1);
    ScratchPool.give(longer);

    assertNotSame(longer, ScratchPool.take((1 << 16) + 1));
  }

  @Test
  void leavesTheFifthOfAThreadToTheGarbageCollector() throws Exception {
    long neighbour = Thread.currentThread().getId() + ATTEMPTS;
    inThread(neighbour, () -> take(0, ATTEMPTS));
    List<Scratch> given = take(0, ATTEMPTS + 1);
    given.forEach(Scratch::close);

    List<Scratch> foundBeside = inThread(neighbour, () -> take(0, ATTEMPTS));

    assertTrue(foundBeside.stream().noneMatch(given::contains));
    assertEquals(given.subList(0, ATTEMPTS), take(0, ATTEMPTS));
  }

  @Test
  void looksNowhereElseThanAtTheFourPlacesOfAThread() throws Exception {
    long neighbour = Thread.currentThread().getId() + ATTEMPTS;
    inThread(neighbour, () -> take(0, ATTEMPTS));
    Scratch given = ScratchPool.take(0);
    inThread(
        neighbour,
        () -> {
          ScratchPool.give(given);
          return given;
        });

    assertNotSame(given, ScratchPool.take(0));
    assertSame(given, inThread(neighbour, () -> ScratchPool.take(0)));
  }

  /** Runs in a thread that looks at the same places as one of this identifier. */
  private static <T> T inThread(long id, Callable<T> task) throws Exception {
    FutureTask<T> result = new FutureTask<>(task);
    Thread thread = new Thread(result);
    while ((thread.getId() - id) % SLOTS != 0) {
      thread = new Thread(result);
    }
    thread.start();
    return result.get();
  }

  private static List<Scratch> take(int messageBytes, int count) {
    List<Scratch> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(ScratchPool.take(messageBytes));
    }
    return taken;
  }
}
