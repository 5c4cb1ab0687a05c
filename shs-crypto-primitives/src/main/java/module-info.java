/**
 * Internal pieces that the backends share. Nothing here is meant for users.
 *
 * <p>A backend that uses the pieces on Bouncy Castle requires it by itself; the others work
 * without.
 */
@SuppressWarnings("module") // the backends it is exported to are compiled after it
module org.secrethandshake.crypto.primitives {
  requires static org.bouncycastle.provider;
  requires transitive org.secrethandshake;
  requires static transitive org.jspecify;

  exports org.secrethandshake.crypto.primitives to
      org.secrethandshake.crypto.bouncycastle,
      org.secrethandshake.crypto.sodium,
      org.secrethandshake.crypto.tink;
}
