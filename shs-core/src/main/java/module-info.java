/**
 * The Secret Handshake protocol: handshake, box stream, channels, sockets, addresses and key files.
 */
module org.secrethandshake.core {
  requires transitive org.secrethandshake;
  requires static jdk.jfr;
  requires static transitive org.jspecify;

  exports org.secrethandshake.boxstream;
  exports org.secrethandshake.channel;
  exports org.secrethandshake.handshake;
  exports org.secrethandshake.identity;
  exports org.secrethandshake.socket;
}
