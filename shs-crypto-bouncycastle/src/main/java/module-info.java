import org.secrethandshake.crypto.bouncycastle.BouncyCastleCryptoProvider;
import org.secrethandshake.spi.CryptoProvider;

/** The pure-Java crypto backend, on Bouncy Castle. */
module org.secrethandshake.crypto.bouncycastle {
  requires org.bouncycastle.provider;
  requires transitive org.secrethandshake;
  requires org.secrethandshake.crypto.primitives;
  requires static transitive org.jspecify;

  exports org.secrethandshake.crypto.bouncycastle;

  provides CryptoProvider with
      BouncyCastleCryptoProvider;
}
