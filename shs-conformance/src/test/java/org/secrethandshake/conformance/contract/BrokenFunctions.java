package org.secrethandshake.conformance.contract;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** Copies of a provider, each of which breaks one rule beside verification and secretbox. */
final class BrokenFunctions {
  private BrokenFunctions() {}

  static CryptoProvider ignoringAllZero(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
        super.scalarMult(scalar, point, shared);
        return true;
      }
    };
  }

  /** Throws where the result is all zero, as the JDK and Tink do. */
  static CryptoProvider throwingAtAllZero(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
        if (!super.scalarMult(scalar, point, shared)) {
          throw new CryptoProviderException("Point has small order.");
        }
        return true;
      }
    };
  }

  /** Whoever multiplies clamps again, so no handshake would show it. */
  static CryptoProvider notClampingTheSecretForm(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public void signSeedToScalar(byte[] seed, byte[] scalar) {
        super.signSeedToScalar(seed, scalar);
        scalar[0] |= 1;
      }
    };
  }

  static CryptoProvider takingLongPoints(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
        return super.scalarMult(scalar, Arrays.copyOf(point, X25519.POINT_SIZE), shared);
      }
    };
  }

  /** The hash SHA-512/256 has another initial state than SHA-512. */
  static CryptoProvider authenticatingWithSha512Slash256(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public void auth(byte[] key, byte[] message, byte[] tag) {
        super.auth(key, message, tag);
        System.arraycopy(mac("HmacSHA512/256", key, message), 0, tag, 0, tag.length);
      }
    };
  }

  /** HMAC as libraries have it: a key of any length. */
  static CryptoProvider takingAnyAuthKey(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public void auth(byte[] key, byte[] message, byte[] tag) {
        super.auth(new byte[AUTH_KEY_BYTES], message, tag);
        System.arraycopy(mac("HmacSHA512", key, message), 0, tag, 0, tag.length);
      }
    };
  }

  static CryptoProvider wipingTheCallersSeed(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
        super.sign(seed, publicKey, message, signature);
        Arrays.fill(seed, (byte) 0);
      }
    };
  }

  /** One object for all threads, without a lock. */
  static CryptoProvider sharingADigest(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      private volatile byte[] current = {};

      @Override
      public void hash(byte[] message, byte[] digest) {
        current = message.clone();
        LockSupport.parkNanos(100_000); // long enough for another thread to come in
        super.hash(current, digest);
      }
    };
  }

  static CryptoProvider repeatingItsRandomness(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public void randomBytes(byte[] out) {
        Arrays.fill(out, (byte) 7);
      }
    };
  }

  static CryptoProvider drawing32BytesAlone(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public void randomBytes(byte[] out) {
        byte[] first = new byte[Math.min(out.length, 32)];
        super.randomBytes(first);
        System.arraycopy(first, 0, out, 0, first.length);
      }
    };
  }

  static CryptoProvider unregistered(CryptoProvider honest) {
    return new DelegatingCryptoProvider(honest) {
      @Override
      public String name() {
        return "unregistered";
      }
    };
  }

  private static byte[] mac(String algorithm, byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(Arrays.copyOf(key, Math.max(1, key.length)), algorithm));
      return mac.doFinal(message);
    } catch (GeneralSecurityException broken) {
      throw new CryptoProviderException("The JDK has no " + algorithm + ".", broken);
    }
  }
}
