/**
 * The values, exceptions and service provider interface of Secret Handshake for Java.
 *
 * <p>Applications use {@link org.secrethandshake}; authors of crypto backends implement {@link
 * org.secrethandshake.spi}.
 */
module org.secrethandshake {
  requires static transitive org.jspecify;

  exports org.secrethandshake;
  exports org.secrethandshake.spi;

  uses org.secrethandshake.spi.CryptoProvider;
}
