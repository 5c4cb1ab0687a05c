package org.secrethandshake.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.secrethandshake.IdentityKey;

/**
 * Recognises texts that people give where a multiserver address is expected: a public key, an
 * invite or an address of the old form, an {@code ssb:} URI. None of them is read as an address.
 */
final class AddressLookalike {
  private static final Pattern OLD_ADDRESS = Pattern.compile("[^@~]+:@[^~]+");
  private static final Pattern INVITE = Pattern.compile(OLD_ADDRESS + "~.*", Pattern.DOTALL);

  private AddressLookalike() {}

  /** Says what the text is and what to give instead, without repeating any of it. */
  static Optional<String> of(String text) {
    String bare = text.strip();
    if (bare.toLowerCase(Locale.ROOT).startsWith("ssb:")) {
      return Optional.of(
          bare.contains("multiserverAddress=")
              ? "it is an ssb: URI, which is not read yet; give the address in its parameter"
                  + " multiserverAddress, percent-decoded"
              : "it is an ssb: URI, which is not read yet, and it holds no multiserver address;"
                  + " expected "
                  + AddressText.FORM);
    }
    if (INVITE.matcher(bare).matches()) {
      return Optional.of(
          "it is an invite, HOST:PORT:@KEY.ed25519~SEED, which is not read yet; write it as"
              + " net:HOST:PORT~shs:KEY:SEED, the key without @ and .ed25519");
    }
    if (OLD_ADDRESS.matcher(bare).matches()) {
      return Optional.of(
          "it is in the old form HOST:PORT:@KEY.ed25519, which is not read; write it as"
              + " net:HOST:PORT~shs:KEY, the key without @ and .ed25519");
    }
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
