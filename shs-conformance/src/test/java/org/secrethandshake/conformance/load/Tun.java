package org.secrethandshake.conformance.load;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A network interface of Linux whose packets this process carries. It is gone when the process, or
 * the namespace that it was moved to, ends.
 */
final class Tun {
  /** More than the largest packet of an interface that is left at its usual 1,500 bytes. */
  private static final int MOST_BYTES = 2048;

  private static final int READ_AND_WRITE = 2;
  private static final NativeLong SET_INTERFACE = new NativeLong(0x400454caL);
  private static final int INTERFACE_REQUEST_BYTES = 40;
  private static final int FLAGS_OFFSET = 16;
  private static final short IP_PACKETS_WITHOUT_HEADER = 0x1001;
  private static final LibC SYSTEM = Native.load("c", LibC.class);

  private final int descriptor;

  /** What is needed of the system's library. */
  private interface LibC extends Library {
    int open(String path, int flags) throws LastErrorException;

    int ioctl(int descriptor, NativeLong request, byte[] argument) throws LastErrorException;

    NativeLong read(int descriptor, byte[] buffer, NativeLong count) throws LastErrorException;

    NativeLong write(int descriptor, byte[] buffer, NativeLong count) throws LastErrorException;
  }

  /** Makes an interface of that name in the namespace of this process. */
  Tun(String name) {
    descriptor = SYSTEM.open("/dev/net/tun", READ_AND_WRITE);
    ByteBuffer request =
        ByteBuffer.allocate(INTERFACE_REQUEST_BYTES).order(ByteOrder.nativeOrder());
    request.put(name.getBytes(StandardCharsets.US_ASCII));
    request.putShort(FLAGS_OFFSET, IP_PACKETS_WITHOUT_HEADER);
    SYSTEM.ioctl(descriptor, SET_INTERFACE, request.array());
  }

  /**
   * Waits for the next packet that the system sends through the interface.
   *
   * @throws LastErrorException once the interface is gone
   */
  byte[] receive() {
    byte[] buffer = new byte[MOST_BYTES];
    int count = SYSTEM.read(descriptor, buffer, new NativeLong(MOST_BYTES)).intValue();
    return Arrays.copyOf(buffer, count);
  }

  /**
   * Lets the system receive a packet from the interface.
   *
   * @throws LastErrorException if the interface is down or gone
   */
  void send(byte[] packet) {
    SYSTEM.write(descriptor, packet, new NativeLong(packet.length));
  }
}
