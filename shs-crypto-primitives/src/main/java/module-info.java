/**
 * Internal pieces that the backends share, this project's own code. Nothing here is meant for
 * users.
 */
@SuppressWarnings("module") // the backends it is exported to are compiled after it
module org.secrethandshake.crypto.primitives {
  requires transitive org.secrethandshake;
  requires static transitive org.jspecify;

  exports org.secrethandshake.crypto.primitives to
      org.secrethandshake.crypto.bouncycastle,
      org.secrethandshake.crypto.sodium,
      org.secrethandshake.crypto.tink;
}
