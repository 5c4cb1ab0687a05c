package org.secrethandshake.wiping;

/**
 * Bytes that must not be found once their time is over.
 *
 * @param name which secret this is
 * @param bytes the secret, or the part of it that is looked for
 * @param copies how many copies are allowed to stay: those of objects that are not wiped by design
 */
record Secret(String name, byte[] bytes, int copies) {
  @Override
  public String toString() {
    return name;
  }
}
