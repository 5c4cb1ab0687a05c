package org.secrethandshake.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One direction of a connection, with somebody on it who meddles at places of the stream. */
final class Wire {
  /** The longest stream that may be sent; as much again may be brought in. */
  static final int MOST_BYTES = 1 << 14;

  private static final int MOST_EDITS = 8;
  private static final int LAST_OFFSET = 0xffff;
  private static final int BYTE = 0xff;

  /** What happens to the stream at one place. */
  private enum Kind {
    /** A byte becomes another one. */
    ALTER,
    /** Bytes are lost. */
    DROP,
    /** Bytes come in. */
    INSERT,
    /** The bytes before this place come once more. */
    REPEAT,
    /** The bytes of the other direction come instead. */
    CROSS,
    /** Nothing comes any more. */
    CUT
  }

  private record Edit(Kind kind, int offset, int count, byte value) {
    static Edit of(Input input) {
      return new Edit(
          Kind.values()[input.upTo(Kind.values().length - 1)],
          input.upTo(LAST_OFFSET),
          input.upTo(BYTE),
          (byte) input.upTo(BYTE));
    }
  }

  private final List<Edit> edits;
  private final byte[] sent = new byte[MOST_BYTES];
  private final byte[] arrived = new byte[2 * MOST_BYTES];
  private int sentBytes;
  private int arrivedBytes;
  private Wire opposite = this;
  private int dropping;
  private boolean cut;
  private int taken;

  private Wire(List<Edit> edits) {
    this.edits = edits;
  }

  /** Reads what is done to a direction; the other direction is the same one until it is set. */
  static Wire of(Input input) {
    List<Edit> edits = new ArrayList<>();
    for (int left = input.upTo(MOST_EDITS); left > 0; left--) {
      edits.add(Edit.of(input));
    }
    return new Wire(edits);
  }

  /** The input that means one alteration. */
  static byte[] altering(int offset, int value) {
    return new byte[] {
      1, (byte) Kind.ALTER.ordinal(), (byte) (offset >> Byte.SIZE), (byte) offset, 0, (byte) value
    };
  }

  /** The input that means so many bytes of the other direction instead. */
  static byte[] crossing(int offset, int count) {
    return new byte[] {
      1, (byte) Kind.CROSS.ordinal(), (byte) (offset >> Byte.SIZE), (byte) offset, (byte) count, 0
    };
  }

  /** The input that means that nothing arrives from a place on. */
  static byte[] cutting(int offset) {
    return new byte[] {
      1, (byte) Kind.CUT.ordinal(), (byte) (offset >> Byte.SIZE), (byte) offset, 0, 0
    };
  }

  /** The input that means that nobody meddles. */
  static byte[] honest() {
    return new byte[] {0};
  }

  static void connect(Wire one, Wire other) {
    one.opposite = other;
    other.opposite = one;
  }

  void send(byte[] bytes) {
    for (byte b : bytes) {
      send(b);
    }
  }

  private void send(byte b) {
    byte passing = b;
    for (Edit edit : edits) {
      if (edit.offset() == sentBytes) {
        passing = edited(passing, edit);
      }
    }
    sent[sentBytes++] = b;
    if (dropping > 0) {
      dropping--;
    } else {
      arrive(passing);
    }
  }

  private byte edited(byte passing, Edit edit) {
    switch (edit.kind()) {
      case ALTER -> {
        return (byte) (passing ^ edit.value());
      }
      case DROP -> dropping += edit.count();
      case INSERT -> {
        for (int i = 0; i < edit.count(); i++) {
          arrive(edit.value());
        }
      }
      case REPEAT -> {
        arrive(arrived, Math.max(0, arrivedBytes - edit.count()), arrivedBytes);
      }
      case CROSS -> {
        int from = Math.min(edit.offset(), opposite.sentBytes);
        int to = Math.min(from + edit.count(), opposite.sentBytes);
        arrive(opposite.sent, from, to);
        dropping += to - from;
      }
      case CUT -> cut = true;
    }
    return passing;
  }

  private void arrive(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      arrive(bytes[i]);
    }
  }

  private void arrive(byte b) {
    if (!cut) {
      arrived[arrivedBytes++] = b;
    }
  }

  byte[] sent() {
    return Arrays.copyOf(sent, sentBytes);
  }

  byte[] arrived() {
    return Arrays.copyOf(arrived, arrivedBytes);
  }

  /** The next bytes that have arrived, at most so many. */
  ByteBuffer next(int most) {
    int from = taken;
    taken = Math.min(arrivedBytes, from + most);
    return ByteBuffer.wrap(arrived, from, taken - from);
  }

  /** Takes back what was not used. */
  void back(ByteBuffer unused) {
    taken -= unused.remaining();
  }

  boolean hasNext() {
    return taken < arrivedBytes;
  }
}
