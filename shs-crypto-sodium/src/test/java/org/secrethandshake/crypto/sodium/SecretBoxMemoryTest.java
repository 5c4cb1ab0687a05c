package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.spi.SecretBox;

/** The memory of a secretbox: what is in it, when it is wiped, and who may use it. */
class SecretBoxMemoryTest {
  private static final byte[] NONCE = new byte[SecretBox.NONCE_BYTES];
  private static final int BOUNDARY = SodiumSecretBox.MOST_JAVA_BYTES;
  private static final int CLOSES = 800_000;

  /** A busy machine, on which two threads take turns, comes to fewer. */
  private static final long MOST_NANOS = 1_000_000_000L;

  private final byte[] key = new byte[SecretBox.KEY_BYTES];

  @BeforeAll
  static void load() {
    Installed.provider();
  }

  SecretBoxMemoryTest() {
    Arrays.fill(key, (byte) 0x5a);
  }

  @Test
  void holdsNoKeyOnceClosed() throws ReflectiveOperationException {
    SodiumSecretBox box = new SodiumSecretBox(key, BOUNDARY);
    assertTrue(holdsKey(box));

    box.close();

    assertFalse(holdsKey(box));
  }

  @Test
  void closesTheBoxOfShortMessagesWithIt() throws ReflectiveOperationException {
    SodiumSecretBox box = new SodiumSecretBox(key, BOUNDARY);
    Field field = SodiumSecretBox.class.getDeclaredField("shortBoxes");
    field.setAccessible(true);
    SecretBox shortBoxes = (SecretBox) field.get(box);

    box.close();

    byte[] array = new byte[SecretBox.TAG_BYTES];
    String message =
        assertThrows(IllegalStateException.class, () -> shortBoxes.seal(NONCE, array, 0, 0))
            .getMessage();
    assertTrue(message.contains("its key is wiped"), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {BOUNDARY + 1, 4096, 65_535})
  void isBorrowedForALongBoxAndWipedBeforeItGoesBack(int length) {
    try (SodiumSecretBox box = new SodiumSecretBox(key, BOUNDARY)) {
      byte[] array = new byte[SecretBox.TAG_BYTES + length];
      Arrays.fill(array, (byte) 0x33);
      box.seal(NONCE, array, 0, length);
      assertWiped(length);

      assertTrue(box.open(NONCE, array, 0, length));
      assertWiped(length);

      assertFalse(box.open(NONCE, array, 0, length - 1));
      assertWiped(length);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, " + BOUNDARY,
    BOUNDARY + ", " + BOUNDARY,
    BOUNDARY + 1 + ", " + BOUNDARY,
    "4096, " + BOUNDARY,
    "65535, " + BOUNDARY,
    "1, " + SodiumSecretBox.NONE_IN_JAVA,
    BOUNDARY + ", " + SodiumSecretBox.NONE_IN_JAVA,
  })
  void showsNoPlaintextOfABoxThatIsRefused(int length, int mostJavaBytes) {
    int offset = 5;
    try (SodiumSecretBox box = new SodiumSecretBox(key, mostJavaBytes)) {
      byte[] array = new byte[offset + SecretBox.TAG_BYTES + length + offset];
      box.seal(NONCE, array, offset, length);
      for (int at : new int[] {0, SecretBox.TAG_BYTES - 1, SecretBox.TAG_BYTES + length - 1}) {
        byte[] altered = array.clone();
        altered[offset + at] ^= 1;
        byte[] before = altered.clone();
        assertFalse(box.open(NONCE, altered, offset, length), "altered at " + at);
        assertArrayEquals(before, altered, "refused, but written to");
      }
      assertTrue(box.open(NONCE, array, offset, length), "and the box as it was is opened");
    }
  }

  // The one that a thread gives back is the one that it finds.
  private static void assertWiped(int length) {
    try (Scratch scratch = Scratch.borrow(length)) {
      assertArrayEquals(new byte[scratch.bytes()], contents(scratch), "after " + length + " bytes");
    }
  }

  @Test
  void beginsEveryValueAtAnAlignedAddress() {
    for (int length = 0; length < 5000; length += 61) {
      try (Scratch scratch = Scratch.borrow(length)) {
        assertEquals(0, scratch.room(length) % Scratch.ALIGNMENT);
        assertEquals(0, scratch.copyOf(new byte[33]) % Scratch.ALIGNMENT);
      }
    }
  }

  @Test
  void isUsedByOneThreadAtATime() throws InterruptedException {
    int length = 1 << 16;
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    try (SodiumSecretBox box = new SodiumSecretBox(key, BOUNDARY)) {
      together(
          () -> {
            byte[] array = new byte[SecretBox.TAG_BYTES + length];
            for (int i = 0; i < 300; i++) {
              try {
                box.seal(NONCE, array, 0, length);
                done.incrementAndGet();
              } catch (IllegalStateException busy) {
                assertTrue(busy.getMessage().contains("in use by another thread"));
                refused.incrementAndGet();
              }
            }
          });
    }
    assertTrue(done.get() > 0 && refused.get() > 0, done + " done, " + refused + " refused");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, BOUNDARY + 1})
  void isWipedAfterTheCallDuringWhichItWasClosed(int length) throws Exception {
    for (int round = 0; round < 200; round++) {
      SodiumSecretBox box = new SodiumSecretBox(key, BOUNDARY);
      byte[] array = new byte[SecretBox.TAG_BYTES + 4096];
      together(
          () -> {
            try {
              for (int i = 0; i < 3; i++) {
                box.seal(NONCE, array, 0, length);
              }
            } catch (IllegalStateException closedOrBusy) {
              // as it should be
            }
            box.close();
          });
      assertThrows(IllegalStateException.class, () -> box.seal(NONCE, array, 0, 0));
      assertFalse(holdsKey(box));
    }
  }

  // Calls of the shortest kind, one after the other, until the box says that it is closed: a close
  // that falls between two of its own steps while a call ends must not be forgotten.
  @ParameterizedTest
  @ValueSource(ints = {0, BOUNDARY + 1})
  void neverForgetsACloseBesideACall(int length) throws InterruptedException {
    AtomicReference<SodiumSecretBox> current = new AtomicReference<>();
    AtomicReference<SodiumSecretBox> closed = new AtomicReference<>();
    AtomicInteger forgotten = new AtomicInteger();
    long end = System.nanoTime() + MOST_NANOS;
    Thread caller =
        new Thread(
            () -> {
              byte[] array = new byte[SecretBox.TAG_BYTES + length];
              for (int round = 0; round < CLOSES && System.nanoTime() < end; round++) {
                SodiumSecretBox box = new SodiumSecretBox(key, BOUNDARY);
                current.set(box);
                boolean wasClosed = false;
                try {
                  while (!wasClosed) {
                    wasClosed = closed.get() == box;
                    box.seal(NONCE, array, 0, length);
                  }
                  forgotten.incrementAndGet();
                } catch (IllegalStateException expected) {
                  // the next box
                }
              }
              current.set(null);
            });
    SodiumSecretBox first = new SodiumSecretBox(key, BOUNDARY);
    current.set(first);
    caller.start();
    SodiumSecretBox last = first;
    for (SodiumSecretBox box = current.get(); box != null; box = current.get()) {
      if (box != last) {
        box.close();
        closed.set(box);
        last = box;
      }
    }
    caller.join();

    assertEquals(0, forgotten.get(), "closes that had no effect");
  }

  private static void together(Runnable work) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(2);
    AtomicInteger failures = new AtomicInteger();
    Runnable both =
        () -> {
          start.countDown();
          try {
            start.await();
            work.run();
          } catch (InterruptedException | RuntimeException | AssertionError failure) {
            failures.incrementAndGet();
          }
        };
    Thread one = new Thread(both);
    Thread other = new Thread(both);
    one.start();
    other.start();
    one.join();
    other.join();
    assertEquals(0, failures.get());
  }

  private static byte[] contents(Scratch scratch) {
    byte[] contents = new byte[scratch.bytes()];
    scratch.read(scratch.address(), contents);
    return contents;
  }

  private static boolean holdsKey(SodiumSecretBox box) throws ReflectiveOperationException {
    Field field = SodiumSecretBox.class.getDeclaredField("key");
    field.setAccessible(true);
    return !Arrays.equals((byte[]) field.get(box), new byte[SecretBox.KEY_BYTES]);
  }
}
