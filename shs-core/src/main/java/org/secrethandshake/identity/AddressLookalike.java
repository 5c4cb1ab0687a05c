package org.secrethandshake.identity;

import java.util.Optional;
import org.secrethandshake.IdentityKey;

/** Recognises a public key, which people give where a multiserver address is expected. */
final class AddressLookalike {
  private AddressLookalike() {}

  /** Says what the text is and what to give instead, without repeating any of it. */
  static Optional<String> of(String text) {
    String bare = text.strip();
    if (bare.startsWith("@") || isKey(bare)) {
      return Optional.of(
          "it is a public key, which says who the server is but not where; an address is needed,"
              + " net:HOST:PORT~shs:KEY, the key without @ and .ed25519");
    }
    return Optional.empty();
  }

  private static boolean isKey(String text) {
    try {
      IdentityKey.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
