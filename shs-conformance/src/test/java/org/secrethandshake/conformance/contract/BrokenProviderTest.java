package org.secrethandshake.conformance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.secrethandshake.conformance.contract.BrokenRule.rule;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/**
 * What the contract is worth: a provider that breaks one rule fails it, and the names of the failed
 * tests say which rule that is. Each copy meets the parts of the contract that know the rule.
 */
class BrokenProviderTest {
  private static final CryptoProvider HONEST = CryptoProviders.named("bouncycastle");

  private static final String BITS =
      "SecretBox.doesNotOpenWithAnyBitFlippedAndThenLeavesTheArrayAsItWas";
  private static final String OTHERS = "SecretBox.doesNotOpenWithAnotherNonceOrKeyOrLength";
  private static final String RULE = "Verify.decidesByTheAcceptanceRule";
  private static final String RANGE = "SecretBox.worksInPlaceAtEveryOffsetAndTouchesNothingElse";
  private static final String ZERO = "ScalarMult.refusesAnAllZeroResult";

  private static final List<BrokenRule> RULES =
      List.of(
          // Ed25519
          rule("verifies cofactored, without a check of R", BrokenKeys::cofactored)
              .accused(RULE)
              .says("R + T1 of order 8"),
          rule("does not check the subgroup", BrokenKeys::withoutSubgroupCheck)
              .accused(RULE)
              .says("key A + T4 of order 2"),
          rule("takes keys of small order", BrokenKeys::takingSmallOrder)
              .accused(RULE)
              .says("key T1 of order 8"),
          rule("takes the identity as a key", BrokenKeys::takingTheIdentity)
              .accused(RULE)
              .says("identity as key"),
          rule("takes encodings that are not canonical", BrokenKeys::takingNonCanonical)
              .accused(RULE)
              .says("is not canonical and of large order"),
          rule("takes S that is not below L", BrokenKeys::takingUnreducedScalars)
              .accused(RULE)
              .says("S + 1 L"),
          rule("throws at a bad signature", BrokenKeys::throwingAtBadSignatures)
              .accused(RULE, "Verify.refusesASignatureWithAnyBitFlipped")
              .accused("Verify.refusesAMessageWithAnyBitFlipped")
              .accused("Verify.refusesAMessageOfAnotherLength")
              .accused("Verify.refusesTheSignatureOfAnotherKey")
              .accused("Itself.givesEveryThreadTheAnswersOfOneVerifyKey")
              .says("CryptoProviderException"),
          rule("keeps the caller's public key", BrokenKeys::keepingTheArray)
              .accused("Verify.keepsItsOwnCopyOfTheKey"),
          rule("wipes the caller's seed", BrokenFunctions::wipingTheCallersSeed)
              .accused("Sign.leavesItsInputsAsTheyWere"),

          // X25519, auth, hash and randomness
          rule("takes an all-zero result", BrokenFunctions::ignoringAllZero)
              .accused(ZERO)
              .says("an all-zero result was taken"),
          rule("throws at an all-zero result", BrokenFunctions::throwingAtAllZero)
              .accused(ZERO)
              .says("CryptoProviderException"),
          rule("does not clamp", BrokenFunctions::notClampingTheSecretForm)
              .accused("ScalarMult.convertsTheSeedOfLibsodiumsTestToItsScalar"),
          rule("takes points of any length", BrokenFunctions::takingLongPoints)
              .accused("ScalarMult.refusesArraysOfAnotherLength")
              .says("point of 0 bytes"),
          rule("has HMAC with SHA-512/256", BrokenFunctions::authenticatingWithSha512Slash256)
              .accused("Auth.givesTheTagsOfRfc4231", "Auth.isNotHmacWithTheHashSha512Slash256"),
          rule("takes keys of HMAC of any length", BrokenFunctions::takingAnyAuthKey)
              .accused("Auth.refusesArraysOfAnotherLength")
              .says("key of 0 bytes"),
          rule("shares a digest between threads", BrokenFunctions::sharingADigest)
              .accused("Itself.givesEveryThreadItsOwnAnswers"),
          rule("repeats its random bytes", BrokenFunctions::repeatingItsRandomness)
              .accused("Itself.drawsOtherRandomBytesEachTime"),
          rule("fills only 32 bytes", BrokenFunctions::drawing32BytesAlone)
              .accused("Itself.fillsAnyLengthWithRandomBytes")
              .says("the end of the array was not written"),
          rule("is not registered", BrokenFunctions::unregistered)
              .accused("Itself.isFoundByItsName")
              .says("META-INF/services"),

          // Secretbox
          rule("leaves the plaintext", BrokenBoxes::leavingPlaintext)
              .accused("SecretBox.leavesNoPlaintextBehind")
              .says("plaintext still stands at 0"),
          rule("leaves the last bytes in plaintext", BrokenBoxes::leavingTheLastBytes)
              .accused("SecretBox.leavesNoPlaintextBehind")
              .says("plaintext still stands at 64"),
          rule("compares no byte of the tag", honest -> BrokenBoxes.comparing(honest, 0))
              .accused(BITS, OTHERS, "SecretBox.opensAfterARefusal")
              .says("opened all the same: bit of the tag 0"),
          rule("compares 8 bytes of the tag", honest -> BrokenBoxes.comparing(honest, 8))
              .accused(BITS)
              .says("opened all the same: bit of the tag 64"),
          rule("compares 15 bytes of the tag", honest -> BrokenBoxes.comparing(honest, 15))
              .accused(BITS)
              .says("opened all the same: bit of the tag 120"),
          rule("writes before it checks the tag", BrokenBoxes::writingBeforeTheTagIsChecked)
              .accused(BITS, OTHERS)
              .says("refused, but written to"),
          rule("clears what it refuses", BrokenBoxes::clearingWhatItRefuses)
              .accused(BITS, OTHERS)
              .says("refused, but written to"),
          rule("keeps the caller's secretbox key", BrokenBoxes::keepingTheArray)
              .accused("SecretBoxUse.keepsItsOwnCopyOfTheKey"),
          rule("wipes the caller's secretbox key", BrokenBoxes::wipingTheCallersKey)
              .accused("SecretBoxUse.leavesKeyAndNonceAsTheyWere"),
          rule("works once closed", BrokenBoxes::usableOnceClosed)
              .accused("SecretBoxUse.cannotBeUsedOnceClosed"),
          rule("writes behind the box", BrokenBoxes::writingBehindTheBox)
              .accused(RANGE, "SecretBox.worksInsideALargeArray")
              .says("array contents differ"),
          rule("writes before the box", BrokenBoxes::writingBeforeTheBox)
              .accused(RANGE, "SecretBox.worksInsideALargeArray")
              .says("array contents differ"),
          rule("adds offset and length so that it wraps", BrokenBoxes::overflowing)
              .accused("SecretBoxUse.refusesABoxThatDoesNotLieWithinTheArray")
              .says("2147483647, 0"),
          rule("derives the subkey of the first nonce", BrokenBoxes::keepingTheFirstSubkey)
              .accused("SecretBox.servesNoncesInAnyOrder"),
          rule("takes nonces of any length", BrokenBoxes::takingLongNonces)
              .accused("SecretBoxUse.refusesAKeyOrNonceOfAnotherLength")
              .says("nonce of 25 bytes"));

  static List<BrokenRule> rules() {
    return RULES;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void isAccusedOfTheRuleItBreaks(BrokenRule rule) {
    ContractCase.over(rule.copyOf(HONEST));
    ContractRun run = ContractRun.of(ContractCase.class, rule::belongsTo);

    Set<String> accused = run.accused();
    assertTrue(accused.containsAll(rule.accused()), accused::toString);
    assertTrue(
        run.failures().stream().anyMatch(failure -> failure.says(rule.text())),
        () -> "nothing says '" + rule.text() + "': " + run.failures());
  }

  @Test
  void anHonestCopyPasses() {
    ContractCase.over(new DelegatingCryptoProvider(HONEST));
    ContractRun run = ContractRun.of(ContractCase.class);

    assertEquals(List.of(), run.failures());
    assertTrue(run.passed() > 300, () -> run.passed() + " tests passed");
  }
}
