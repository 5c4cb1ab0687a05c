package org.secrethandshake.conformance.hostile;

import org.secrethandshake.spi.CryptoProvider;

/**
 * Something that a hostile world does to one of our sides, many times over.
 *
 * @param name what is done, as the literature or the protocol guide would call it
 * @param against the side that it is done to
 */
record Attack(String name, String against, Attempt attempt) {

  /** Makes all tries with one backend. */
  interface Attempt {
    /**
     * Reports what ended each try.
     *
     * @throws AssertionError if one succeeds, or comes to nothing for a reason of another kind
     */
    void on(CryptoProvider crypto, Outcomes outcomes) throws Exception;
  }

  /** What becomes of it with one backend. */
  Outcomes tryOn(CryptoProvider crypto) {
    Outcomes outcomes = new Outcomes();
    try {
      attempt.on(crypto, outcomes);
    } catch (Exception e) {
      throw new AssertionError(this + " broke with " + crypto.name(), e);
    }
    return outcomes;
  }

  @Override
  public String toString() {
    return name + " (" + against + ")";
  }
}
