package org.secrethandshake.crypto.sodium;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.SecretBox;

/**
 * Calls every operation with random arguments from several threads, which share their boxes and
 * close them under each other: right and wrong lengths, every offset, disturbed boxes, any order. A
 * call may succeed or throw what the contract names; anything else, and a crash above all, is a
 * failure.
 *
 * <p>Run for longer by hand, with seconds and a seed as arguments.
 */
final class Torture {
  private static final int THREADS = 4;
  private static final int SHARED_BOXES = 8;

  private final CryptoProvider provider;
  private final AtomicReferenceArray<SecretBox> boxes = new AtomicReferenceArray<>(SHARED_BOXES);
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final long end;
  private volatile @Nullable Throwable failure;

  private Torture(CryptoProvider provider, Duration duration) {
    this.provider = provider;
    this.end = System.nanoTime() + duration.toNanos();
  }

  public static void main(String[] arguments) throws Exception {
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    System.out.println(
        run(new SodiumCryptoProvider(), Duration.ofSeconds(Long.parseLong(arguments[0])), seed));
  }

  /** Returns what was done, in one line. */
  static String run(CryptoProvider provider, Duration duration, long seed)
      throws InterruptedException {
    Torture torture = new Torture(provider, duration);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed + i);
      threads.add(new Thread(() -> torture.torment(random)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    if (torture.failure != null) {
      throw new AssertionError("seed " + seed, torture.failure);
    }
    return "%s: %s calls, %s of them refused, seed %s"
        .formatted(provider.description(), torture.calls.get(), torture.refused.get(), seed);
  }

  private void torment(Random random) {
    try {
      while (System.nanoTime() < end && failure == null) {
        calls.incrementAndGet();
        try {
          call(random);
        } catch (IllegalArgumentException
            | IndexOutOfBoundsException
            | IllegalStateException expected) {
          refused.incrementAndGet();
        }
      }
    } catch (CryptoProviderException | Error | NullPointerException unexpected) {
      failure = unexpected;
    }
  }

  private void call(Random random) {
    switch (random.nextInt(14)) {
      case 0 -> provider.randomBytes(message(random));
      case 1 -> provider.signPublicKey(array(random, 32), array(random, 32));
      case 2 ->
          provider.sign(array(random, 32), array(random, 32), message(random), array(random, 64));
      case 3 -> provider.verifyKey(array(random, 32)).ifPresent(key -> key.point(new byte[32]));
      case 4 -> verify(random);
      case 5 -> provider.scalarMultBase(array(random, 32), array(random, 32));
      case 6 -> provider.scalarMult(array(random, 32), array(random, 32), array(random, 32));
      case 7 -> provider.signSeedToScalar(array(random, 32), array(random, 32));
      case 8 -> provider.auth(array(random, 32), message(random), array(random, 32));
      case 9 -> provider.hash(message(random), array(random, 32));
      case 10 -> boxes.set(random.nextInt(SHARED_BOXES), provider.secretBox(array(random, 32)));
      case 11 -> closeOne(random);
      default -> box(random);
    }
  }

  private void verify(Random random) {
    byte[] seed = array(random, 32);
    byte[] publicKey = new byte[32];
    byte[] message = message(random);
    byte[] signature = new byte[64];
    provider.signPublicKey(seed, publicKey);
    provider.sign(seed, publicKey, message, signature);
    boolean disturbed = random.nextBoolean();
    if (disturbed) {
      signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
    }
    boolean valid = provider.verifyKey(publicKey).orElseThrow().verify(message, signature);
    if (valid == disturbed) {
      throw new AssertionError("verify is wrong about a signature");
    }
  }

  private void closeOne(Random random) {
    SecretBox box = boxes.get(random.nextInt(SHARED_BOXES));
    if (box != null && random.nextInt(4) == 0) {
      box.close();
    }
  }

  // The box may be in use or closed by another thread at any moment; the array is ours.
  private void box(Random random) {
    SecretBox box = boxes.get(random.nextInt(SHARED_BOXES));
    if (box == null) {
      return;
    }
    byte[] array = message(random);
    byte[] nonce = array(random, 24);
    int offset = random.nextInt(80) - (random.nextInt(20) == 0 ? 40 : 0);
    int length =
        array.length - offset - 16 - random.nextInt(40) + (random.nextInt(20) == 0 ? 60 : 0);
    box.seal(nonce, array, offset, length);
    boolean disturbed = random.nextInt(3) == 0;
    if (disturbed) {
      array[offset + random.nextInt(16 + length)] ^= (byte) (1 << random.nextInt(8));
    }
    if (box.open(nonce, array, offset, length) == disturbed) {
      throw new AssertionError("a box opened, or did not, against its tag");
    }
  }

  private static byte[] array(Random random, int length) {
    byte[] array = new byte[random.nextInt(50) == 0 ? random.nextInt(200) : length];
    random.nextBytes(array);
    return array;
  }

  private static byte[] message(Random random) {
    int bound =
        switch (random.nextInt(8)) {
          case 0 -> 1 << 17;
          case 1, 2 -> 5000;
          default -> 300;
        };
    byte[] message = new byte[random.nextInt(bound)];
    random.nextBytes(message);
    return message;
  }
}
