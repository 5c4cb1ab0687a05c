package org.secrethandshake.identity;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Where a server is and which key it must prove to own: {@code
 * net:HOST:PORT~shs:BASE64KEY[:BASE64SEED]}, or several such alternatives joined by {@code ;}.
 *
 * <p>Holds at least one alternative, in the order of preference in which they were written, and
 * every one can be dialled by this library. Immutable and thread-safe. A value, equal when the
 * alternatives are.
 *
 * <p>An address from an invite holds a seed, which is a secret: {@link #toString()} never shows it
 * and no error message does, but {@link #format()} does.
 *
 * <pre>{@code
 * MultiserverAddress address = MultiserverAddress.parse(text);
 * for (NetAddress way : address.alternatives()) {
 *   System.out.println(way.host() + " port " + way.port());
 * }
 * }</pre>
 */
public final class MultiserverAddress {
  /** The longest text that {@link #parse} reads. */
  public static final int MAX_CHARACTERS = 4096;

  private static final String SEPARATOR = ";";

  private final List<NetAddress> alternatives;

  private MultiserverAddress(List<NetAddress> alternatives) {
    this.alternatives = alternatives;
  }

  /**
   * Reads an address, an invite, or an {@code ssb:} URI.
   *
   * <p>Alternatives of other kinds, such as {@code ws:} or {@code onion:} or {@code net:} without
   * Secret Handshake ({@code ~noauth}), are skipped whatever they hold as long as one can be
   * dialled, and so is a stray {@code ;}. A {@code net~shs} that is malformed is an error, even
   * beside good ones.
   *
   * <p>The host is all between {@code net:} and the last {@code :}, so an IPv6 address needs no
   * brackets; {@code !} escapes each of {@code ! : ; ~}. Key and seed are padded base64, the key
   * without the {@code @} and {@code .ed25519} that it has elsewhere.
   *
   * <p>Also reads, if it is the whole text, what Scuttlebutt hands addresses on in:
   *
   * <ul>
   *   <li>an invite of the form that pubs give out, {@code
   *       HOST:PORT:@BASE64KEY.ed25519~BASE64SEED}, or one that is an address with a seed; from
   *       {@code #} on an invite is not looked at;
   *   <li>an address of that older form, without {@code ~BASE64SEED};
   *   <li>an {@code ssb:} URI: {@code ssb:address/multiserver?multiserverAddress=...}, or {@code
   *       ssb:experimental?...} with that parameter among others, which are not looked at. The
   *       address in it is percent-encoded; a {@code +} stands for itself.
   * </ul>
   *
   * <p>An address that was parsed is equal to what {@link #format()} of it parses to. The texts may
   * differ: alternatives of other kinds, brackets and needless escapes are gone, and what was an
   * invite or a URI is an address.
   *
   * @throws IllegalArgumentException if the text is malformed, or longer than {@value
   *     #MAX_CHARACTERS} characters, or holds no alternative that can be dialled; the message says
   *     what is wrong and where, counted in the decoded address if it was in a URI, and repeats
   *     nothing that could be a secret
   */
  public static MultiserverAddress parse(String text) {
    return new MultiserverAddress(AddressParser.parse(text));
  }

  /**
   * Creates an address of one alternative.
   *
   * @param host a name or an IP address; an IPv6 address may stand in brackets, which are dropped
   * @param port 1 to 65535
   * @param serverKey the key that the server must prove to own
   * @throws IllegalArgumentException if the host or the port is invalid
   */
  public static MultiserverAddress of(String host, int port, IdentityKey serverKey) {
    return new MultiserverAddress(List.of(NetAddress.of(host, port, serverKey)));
  }

  /**
   * Returns an address with the other's alternatives after this one's; one that both have is then
   * there twice.
   *
   * @throws IllegalArgumentException if the address becomes too long for {@link #parse}
   */
  public MultiserverAddress or(MultiserverAddress other) {
    return readable(Stream.concat(alternatives.stream(), other.alternatives.stream()));
  }

  /**
   * Returns this address with a seed, which is copied, in every alternative: whoever dials it does
   * so with the identity of that seed.
   *
   * @throws IllegalArgumentException unless the seed has {@value CryptoProvider#SEED_BYTES} bytes,
   *     or if the address becomes too long for {@link #parse}
   */
  public MultiserverAddress withSeed(byte[] seed) {
    return readable(alternatives.stream().map(alternative -> alternative.withSeed(seed)));
  }

  private static MultiserverAddress readable(Stream<NetAddress> alternatives) {
    List<NetAddress> all = alternatives.toList();
    int separators = all.size() - 1;
    if (separators + all.stream().mapToInt(NetAddress::formattedLength).sum() > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "the address would be longer than " + MAX_CHARACTERS + " characters when it is written");
    }
    return new MultiserverAddress(all);
  }

  /** Returns the ways to reach the server, at least one, in order of preference. */
  public List<NetAddress> alternatives() {
    return alternatives;
  }

  /** Returns the address as other implementations read it, <b>seeds included</b>. */
  public String format() {
    return alternatives.stream().map(NetAddress::format).collect(Collectors.joining(SEPARATOR));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MultiserverAddress that && alternatives.equals(that.alternatives);
  }

  @Override
  public int hashCode() {
    return alternatives.hashCode();
  }

  /** Returns the address with {@code (seed)} in place of each seed. */
  @Override
  public String toString() {
    return alternatives.stream().map(NetAddress::toString).collect(Collectors.joining(SEPARATOR));
  }
}
