import org.secrethandshake.crypto.tink.TinkCryptoProvider;
import org.secrethandshake.spi.CryptoProvider;

/** The crypto backend on Tink and the JDK. */
module org.secrethandshake.crypto.tink {
  requires com.google.crypto.tink;
  requires transitive org.secrethandshake;
  requires org.secrethandshake.crypto.primitives;
  requires static transitive org.jspecify;

  exports org.secrethandshake.crypto.tink;

  provides CryptoProvider with
      TinkCryptoProvider;
}
