package org.secrethandshake.socket;

import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOptions;

/** The options of a plain socket by their numbers, with which a socket asks its implementation. */
record PlainOptions(Socket plain) implements SocketOptions {
  @Override
  public void setOption(int option, Object value) throws SocketException {
    switch (option) {
      case TCP_NODELAY -> plain.setTcpNoDelay((Boolean) value);
      case SO_KEEPALIVE -> plain.setKeepAlive((Boolean) value);
      case SO_REUSEADDR -> plain.setReuseAddress((Boolean) value);
      case SO_OOBINLINE -> plain.setOOBInline((Boolean) value);
      case SO_SNDBUF -> plain.setSendBufferSize((Integer) value);
      case SO_RCVBUF -> plain.setReceiveBufferSize((Integer) value);
      case IP_TOS -> plain.setTrafficClass((Integer) value);
      case SO_LINGER ->
          plain.setSoLinger(value instanceof Integer, value instanceof Integer sec ? sec : 0);
      default -> throw unsupported(option);
    }
  }

  @Override
  public Object getOption(int option) throws SocketException {
    return switch (option) {
      case TCP_NODELAY -> plain.getTcpNoDelay();
      case SO_KEEPALIVE -> plain.getKeepAlive();
      case SO_REUSEADDR -> plain.getReuseAddress();
      case SO_OOBINLINE -> plain.getOOBInline();
      case SO_SNDBUF -> plain.getSendBufferSize();
      case SO_RCVBUF -> plain.getReceiveBufferSize();
      case IP_TOS -> plain.getTrafficClass();
      case SO_LINGER -> plain.getSoLinger();
      case SO_BINDADDR -> plain.getLocalAddress();
      default -> throw unsupported(option);
    };
  }

  private static SocketException unsupported(int option) {
    return new SocketException("a socket has no option of the number " + option);
  }
}
