import org.secrethandshake.crypto.sodium.SodiumCryptoProvider;
import org.secrethandshake.spi.CryptoProvider;

/** The native crypto backend, on libsodium. */
module org.secrethandshake.crypto.sodium {
  requires com.sun.jna;
  requires transitive org.secrethandshake;
  requires org.secrethandshake.crypto.primitives;
  requires static transitive org.jspecify;

  exports org.secrethandshake.crypto.sodium;

  provides CryptoProvider with
      SodiumCryptoProvider;
}
