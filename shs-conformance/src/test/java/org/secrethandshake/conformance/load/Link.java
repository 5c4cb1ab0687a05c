package org.secrethandshake.conformance.load;

import com.sun.jna.LastErrorException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The wire between two interfaces, with delay, loss and reordering. It can be cut, at once or once
 * so many bytes have passed, and heal.
 */
final class Link {
  private final Weather weather;
  private final AtomicLong carried = new AtomicLong();
  private final CountDownLatch wasCut = new CountDownLatch(1);
  private final CountDownLatch wasMissed = new CountDownLatch(1);
  private volatile long bytesUntilCut = Long.MAX_VALUE;
  private volatile boolean down;

  /**
   * What happens to packets on their way.
   *
   * @param delayMillis for each direction
   * @param lossPercent of all packets
   * @param overtakingPercent of packets that take half the delay, and so pass those before them
   */
  record Weather(int delayMillis, int lossPercent, int overtakingPercent) {
    static final Weather FAIR = new Weather(20, 0, 0);

    @Override
    public String toString() {
      return "delay %d ms, loss %d %%, reordered %d %%"
          .formatted(delayMillis, lossPercent, overtakingPercent);
    }
  }

  /** A packet on its way. */
  private record Packet(byte[] bytes, long due) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(due - ((Packet) other).due, 0);
    }
  }

  private Link(Weather weather) {
    this.weather = weather;
  }

  /** Connects two interfaces for as long as they exist. */
  static Link between(Tun one, Tun other, Weather weather, long seed) {
    Link link = new Link(weather);
    link.carry(one, other, new Random(seed));
    link.carry(other, one, new Random(seed + 1));
    return link;
  }

  /** Lets nothing pass any more. */
  void cut() {
    down = true;
    wasCut.countDown();
  }

  /** Lets so many bytes of packets pass, those of both directions together, and then nothing. */
  void cutAfter(long bytes) {
    bytesUntilCut = carried.get() + bytes;
  }

  /** Lets everything pass again. What was on the wire is lost. */
  void heal() {
    bytesUntilCut = Long.MAX_VALUE;
    down = false;
  }

  /** Waits for the cut; answers whether it came in time. */
  boolean awaitCut(int seconds) throws InterruptedException {
    return wasCut.await(seconds, TimeUnit.SECONDS);
  }

  /** Waits until a packet was lost because of the cut; answers whether that came in time. */
  boolean awaitLoss(int seconds) throws InterruptedException {
    return wasMissed.await(seconds, TimeUnit.SECONDS);
  }

  private void carry(Tun from, Tun to, Random random) {
    DelayQueue<Packet> wire = new DelayQueue<>();
    start(
        () -> {
          while (true) {
            byte[] packet = from.receive();
            // The system itself says a word or two in IPv6.
            if (packet[0] >> 4 == 4) {
              take(packet, wire, random);
            }
          }
        });
    start(
        () -> {
          while (true) {
            byte[] packet = wire.take().bytes;
            if (!down) {
              to.send(packet);
            }
          }
        });
  }

  private void take(byte[] packet, DelayQueue<Packet> wire, Random random) {
    boolean lost = random.nextInt(100) < weather.lossPercent;
    boolean overtakes = random.nextInt(100) < weather.overtakingPercent;
    if (!down && carried.addAndGet(packet.length) > bytesUntilCut) {
      cut();
    }
    if (down) {
      wasMissed.countDown();
    } else if (!lost) {
      long delay = TimeUnit.MILLISECONDS.toNanos(weather.delayMillis);
      wire.add(new Packet(packet, System.nanoTime() + (overtakes ? delay / 2 : delay)));
    }
  }

  /** What carries packets in one place. */
  @FunctionalInterface
  private interface Carrier {
    void carry() throws InterruptedException;
  }

  private static void start(Carrier carrier) {
    Thread thread =
        new Thread(
            () -> {
              try {
                carrier.carry();
              } catch (LastErrorException | InterruptedException e) {
                // The interface is gone.
              }
            },
            "link");
    thread.setDaemon(true);
    thread.start();
  }
}
