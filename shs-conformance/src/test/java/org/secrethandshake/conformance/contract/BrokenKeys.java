package org.secrethandshake.conformance.contract;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.secrethandshake.conformance.UnsafeEncodings;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.VerifyKey;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** Copies of a provider, each of which breaks one rule of Ed25519 verification. */
final class BrokenKeys {
  private static final BigInteger L =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private BrokenKeys() {}

  /** Bouncy Castle's own verification: the cofactored equation, and no look at R. */
  static CryptoProvider cofactored(CryptoProvider honest) {
    return verifying(
        honest,
        publicKey ->
            (message, signature) ->
                Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length));
  }

  /** Takes every point that is neither of small order nor badly encoded, so {@code A + T} too. */
  static CryptoProvider withoutSubgroupCheck(CryptoProvider honest) {
    return alsoTaking(honest, key -> Ed25519.validatePublicKeyPartial(key, 0));
  }

  static CryptoProvider takingSmallOrder(CryptoProvider honest) {
    return alsoTaking(honest, key -> isAmong(UnsafeEncodings.smallOrder(), key));
  }

  /** Checks {@code [L]A = 0}, which the identity meets, and looks no further. */
  static CryptoProvider takingTheIdentity(CryptoProvider honest) {
    byte[] identity = littleEndian(BigInteger.ONE);
    return alsoTaking(honest, key -> Arrays.equals(identity, key));
  }

  static CryptoProvider takingNonCanonical(CryptoProvider honest) {
    return alsoTaking(honest, key -> isAmong(UnsafeEncodings.notCanonical(), key));
  }

  /** Reduces {@code S} modulo {@code L} instead of refusing it. */
  static CryptoProvider takingUnreducedScalars(CryptoProvider honest) {
    return verifying(
        honest,
        publicKey ->
            (message, signature) ->
                honest.verifyKey(publicKey).orElseThrow().verify(message, reduced(signature)));
  }

  /** Throws where a signature is bad, as the JDK and Tink do. */
  static CryptoProvider throwingAtBadSignatures(CryptoProvider honest) {
    return verifying(
        honest,
        publicKey ->
            (message, signature) -> {
              throw new CryptoProviderException("Invalid signature.");
            });
  }

  /** Keeps the caller's array and parses it when it is needed. */
  static CryptoProvider keepingTheArray(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public Optional<VerifyKey> verifyKey(byte[] publicKey) {
        return super.verifyKey(publicKey)
            .map(
                key ->
                    new Altered(
                        key,
                        (message, signature) ->
                            super.verifyKey(publicKey)
                                .map(late -> late.verify(message, signature))
                                .orElse(false)));
      }
    };
  }

  /** Asks something else where the honest key says no. */
  private static CryptoProvider verifying(
      CryptoProvider honest, Function<byte[], BiPredicate<byte[], byte[]>> otherwise) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public Optional<VerifyKey> verifyKey(byte[] publicKey) {
        BiPredicate<byte[], byte[]> second = otherwise.apply(publicKey.clone());
        return super.verifyKey(publicKey)
            .map(
                key ->
                    new Altered(
                        key,
                        (message, signature) ->
                            key.verify(message, signature) || second.test(message, signature)));
      }
    };
  }

  /** Takes more keys than the honest provider, though nothing verifies under them. */
  private static CryptoProvider alsoTaking(CryptoProvider honest, Predicate<byte[]> valid) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public Optional<VerifyKey> verifyKey(byte[] publicKey) {
        Optional<VerifyKey> key = super.verifyKey(publicKey);
        return key.isEmpty() && valid.test(publicKey) ? Optional.of(powerless(honest)) : key;
      }
    };
  }

  private static VerifyKey powerless(CryptoProvider honest) {
    byte[] publicKey = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
    honest.signPublicKey(new byte[CryptoProvider.SEED_BYTES], publicKey);
    return new Altered(honest.verifyKey(publicKey).orElseThrow(), (message, signature) -> false);
  }

  private static boolean isAmong(List<byte[]> encodings, byte[] key) {
    return encodings.stream().anyMatch(encoding -> Arrays.equals(encoding, key));
  }

  private static byte[] reduced(byte[] signature) {
    byte[] reduced = signature.clone();
    BigInteger s = BigInteger.ZERO;
    for (int i = signature.length - 1; i >= CryptoProvider.PUBLIC_KEY_BYTES; i--) {
      s = s.shiftLeft(Byte.SIZE).or(BigInteger.valueOf(signature[i] & 0xff));
    }
    byte[] scalar = littleEndian(s.mod(L));
    System.arraycopy(scalar, 0, reduced, CryptoProvider.PUBLIC_KEY_BYTES, scalar.length);
    return reduced;
  }

  private static byte[] littleEndian(BigInteger value) {
    byte[] bytes = new byte[CryptoProvider.SCALAR_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = value.shiftRight(Byte.SIZE * i).byteValue();
    }
    return bytes;
  }

  private record Altered(VerifyKey key, BiPredicate<byte[], byte[]> verification)
      implements VerifyKey {
    @Override
    public boolean verify(byte[] message, byte[] signature) {
      return verification.test(message, signature);
    }

    @Override
    public void point(byte[] point) {
      key.point(point);
    }
  }
}
