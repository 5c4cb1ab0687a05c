package org.secrethandshake.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Streams;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.handshake.SessionKeys;
import org.secrethandshake.spi.CryptoProvider;

/**
 * One direction of a session: the packets that were sent in it, the goodbye last, and the keys with
 * which they can be received any number of times.
 */
record OneWay(CryptoProvider crypto, byte[] key, byte[] nonce, List<byte[]> packets) {
  /** All packets are equally long, so that only their keys and nonces tell them apart. */
  static final int BODY_BYTES = 8;

  private static final int BODIES = 4;
  private static final int HEADER_BYTES = Boxer.GOODBYE_BYTES;
  private static final String GOODBYE = "goodbye";

  /** From one session to its peer's. */
  static OneWay of(CryptoProvider crypto, Session from, Session to) {
    try (SessionKeys keys = to.exportKeysUnsafe();
        Boxer boxer = from.boxer()) {
      return of(crypto, keys.receiveKey(), keys.receiveNonce(), boxer);
    }
  }

  /** With any key and first nonce. */
  static OneWay of(CryptoProvider crypto, byte[] key, byte[] nonce) {
    try (Boxer boxer = new Boxer(crypto, key, nonce)) {
      return of(crypto, key, nonce, boxer);
    }
  }

  private static OneWay of(CryptoProvider crypto, byte[] key, byte[] nonce, Boxer boxer) {
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < BODIES; i++) {
      packets.add(Streams.box(boxer, body(i)));
    }
    packets.add(Streams.goodbye(boxer));
    return new OneWay(crypto, key, nonce, packets);
  }

  static byte[] body(int number) {
    byte[] body = new byte[BODY_BYTES];
    Arrays.fill(body, (byte) ('0' + number));
    return body;
  }

  byte[] stream() {
    return stream(packets);
  }

  static byte[] stream(List<byte[]> packets) {
    return Formulas.concat(packets.toArray(byte[][]::new));
  }

  /** Checks that what was sent is received, so that what is refused is refused for the attack. */
  void arrivesWhole() {
    assertEquals(GOODBYE, receive(stream(), BODIES));
  }

  /**
   * One try: other bytes arrive than were sent. What came before them is delivered, nothing else,
   * and the end is told from the goodbye.
   */
  void endsEarly(byte[] arriving, Outcomes outcomes) {
    byte[] sent = stream();
    int difference = Arrays.mismatch(sent, arriving);
    assertTrue(difference >= 0 && difference < sent.length, "the same bytes arrive that were sent");
    int start = 0;
    int whole = 0;
    while (difference >= start + packets.get(whole).length) {
      start += packets.get(whole).length;
      whole++;
    }
    boolean inHeader = difference < start + HEADER_BYTES;
    int end = start + (inHeader ? HEADER_BYTES : packets.get(whole).length);
    String expected = inHeader ? "BAD_HEADER" : "BAD_BODY";
    endsWith(arriving.length < end ? "TRUNCATED" : expected, arriving, whole, outcomes);
  }

  /** One try whose end is known. */
  void endsWith(String expected, byte[] arriving, int whole, Outcomes outcomes) {
    String end = receive(arriving, whole);
    assertEquals(expected, end);
    outcomes.add("`" + end + "`");
  }

  /** One try: what follows the goodbye is neither delivered nor an error. */
  void endsBefore(byte[] injected, Outcomes outcomes) {
    String end = receive(Formulas.concat(stream(), injected), BODIES);
    assertEquals(GOODBYE, end);
    outcomes.add(end + ", with nothing after it delivered");
  }

  /** Receives a stream of which so many bodies are delivered; what ended it. */
  private String receive(byte[] arriving, int bodies) {
    ByteArrayOutputStream delivered = new ByteArrayOutputStream();
    String end = GOODBYE;
    try (Unboxer unboxer = new Unboxer(crypto, key, nonce)) {
      Streams.unbox(unboxer, arriving, piece -> arriving.length, delivered);
    } catch (BoxStreamException e) {
      end = e.reason().name();
    }
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int i = 0; i < bodies; i++) {
      expected.writeBytes(body(i));
    }
    assertArrayEquals(expected.toByteArray(), delivered.toByteArray(), end);
    return end;
  }
}
