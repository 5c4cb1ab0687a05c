/** Secret Handshake in Netty pipelines. */
module org.secrethandshake.netty {
  requires transitive io.netty.buffer;
  requires transitive io.netty.common;
  requires transitive io.netty.transport;
  requires transitive org.secrethandshake.core;
  requires static transitive io.netty.codec.http;
  requires static transitive org.jspecify;

  exports org.secrethandshake.netty;
}
