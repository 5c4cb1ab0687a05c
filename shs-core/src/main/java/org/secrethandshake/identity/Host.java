package org.secrethandshake.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Function;

/** The rule for the host of an address: a name, an IPv4 address, or an IPv6 address. */
final class Host {
  private static final int MAX_CHARACTERS = 255;
  private static final char ZONE = '%';

  private Host() {}

  /**
   * Checks a host and takes the brackets off an IPv6 address. No name is looked up.
   *
   * @param problem makes an exception of a clause that says what is wrong
   */
  static String checked(String host, Function<String, IllegalArgumentException> problem) {
    if (host.isEmpty()) {
      throw problem.apply("the host is missing");
    }
    if (host.length() > MAX_CHARACTERS) {
      throw problem.apply("the host is longer than " + MAX_CHARACTERS + " characters");
    }
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    if (!bare.chars().allMatch(Host::isHostCharacter)) {
      throw problem.apply(
          "the host has a character that cannot stand in a host (an international name is written in"
              + " its xn-- form)");
    }
    // A host with a colon that is not an IPv6 address usually means that the port is missing.
    if ((bracketed || bare.indexOf(':') >= 0) && !isIpv6(bare)) {
      throw problem.apply(
          "the host has a colon or brackets but is not an IPv6 address; is the port missing?");
    }
    return bare;
  }

  private static boolean isHostCharacter(int c) {
    return c > ' ' && c <= '~' && "[]/".indexOf(c) < 0;
  }

  private static boolean isIpv6(String host) {
    int zone = host.indexOf(ZONE);
    String address = zone < 0 ? host : host.substring(0, zone);
    try {
      // Text in brackets is parsed, never looked up, and must be an IPv6 address.
      InetAddress.getByName("[" + address + "]");
      return zone < host.length() - 1;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
