package org.secrethandshake.benchmarks.jmh;

import java.util.Base64;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.identity.MultiserverAddress;

/** Multiserver addresses, read from their text. */
@State(Scope.Thread)
public class AddressBenchmark extends AverageMicros {
  private static final int FIRST_PORT = 8008;

  private final Ring<String> plain = Ring.of(index -> address("pub.example.org", index));
  private final Ring<String> ipv6 = Ring.of(index -> address("2001:db8::" + index, index));
  private final Ring<String> alternatives = Ring.of(AddressBenchmark::alternatives);

  private static String address(String host, int index) {
    byte[] key = Ring.bytes(index, IdentityKey.BYTES);
    return "net:%s:%d~shs:%s"
        .formatted(host, FIRST_PORT + index, Base64.getEncoder().encodeToString(key));
  }

  private static String alternatives(int index) {
    return String.join(
        ";",
        address("pub.example.org", index),
        "ws://pub.example.org:80~shs:" + index,
        address("fe80::1%eth!~" + index, index));
  }

  /** One way to a host with a name. */
  @Benchmark
  public MultiserverAddress plain() {
    return MultiserverAddress.parse(plain.next());
  }

  /** One way to an IPv6 address. */
  @Benchmark
  public MultiserverAddress ipv6() {
    return MultiserverAddress.parse(ipv6.next());
  }

  /** Three ways, one of another protocol, with escapes. */
  @Benchmark
  public MultiserverAddress alternatives() {
    return MultiserverAddress.parse(alternatives.next());
  }
}
