package org.secrethandshake.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.secrethandshake.testkit.Edwards25519.littleEndian;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;
import org.secrethandshake.testkit.DelegatingCryptoProvider;
import org.secrethandshake.testkit.Edwards25519;
import org.secrethandshake.testkit.ScriptedRandomness;

/**
 * A peer that follows the protocol but for one lie, sealed as it should be: each check refuses it,
 * the protocol's own ones although the backend accepts all.
 */
class ForgerTest {
  private static final byte[] L = littleEndian(Edwards25519.L);
  private static final byte[] P = littleEndian(Edwards25519.P);

  @Test
  void aClientThatDoesNotOwnItsKeyIsRefused() throws Exception {
    HandshakeException refusal = refusalOfClient(Sides.CRYPTO, proof -> proof[0] ^= 1);
    assertEquals(Reason.BAD_CLIENT_AUTH, refusal.reason());
    assertTrue(refusal.getMessage().startsWith("The signature in clientAuthenticate is not valid"));
  }

  @Test
  void aClientThatUsesTheSignatureOfAnotherIsRefused() throws Exception {
    byte[] key = someoneElse().publicKey().bytes();
    HandshakeException refusal =
        refusalOfClient(Sides.CRYPTO, proof -> System.arraycopy(key, 0, proof, 64, key.length));
    assertEquals(Reason.BAD_CLIENT_AUTH, refusal.reason());
    assertTrue(refusal.getMessage().startsWith("The signature in clientAuthenticate is not valid"));
  }

  @Test
  void aServerThatDoesNotOwnItsKeyIsRefused() throws Exception {
    HandshakeException refusal = refusalOfServer(Sides.CRYPTO, signature -> signature[0] ^= 1);
    assertEquals(Reason.BAD_SERVER_ACCEPT, refusal.reason());
    assertTrue(refusal.getMessage().startsWith("The signature in serverAccept is not valid"));
  }

  static Stream<byte[]> scalarsThatAreNotReduced() {
    byte[] greatest = new byte[32];
    Arrays.fill(greatest, (byte) 0xff);
    return Stream.of(L, littleEndian(Edwards25519.L.add(BigInteger.TEN)), greatest);
  }

  @ParameterizedTest
  @MethodSource("scalarsThatAreNotReduced")
  void aSignatureWhoseScalarIsNotReducedIsRefusedThoughTheBackendTakesIt(byte[] s)
      throws Exception {
    Consumer<byte[]> lie = proof -> System.arraycopy(s, 0, proof, 32, s.length);
    assertEquals(Reason.BAD_CLIENT_AUTH, refusalOfClient(new Credulous(), lie).reason());
    assertEquals(Reason.BAD_SERVER_ACCEPT, refusalOfServer(new Credulous(), lie).reason());
  }

  static Stream<byte[]> unsafePoints() {
    Stream<byte[]> smallOrder = Edwards25519.TORSION.stream().map(Edwards25519::encoding);
    Stream<byte[]> noPoints =
        Stream.of(1, -1)
            .map(y -> withSign(littleEndian(BigInteger.valueOf(y).mod(Edwards25519.P))));
    BigInteger last = BigInteger.TWO.pow(255).subtract(BigInteger.ONE);
    Stream<byte[]> notCanonical =
        Stream.of(P, littleEndian(Edwards25519.P.add(BigInteger.TWO)), littleEndian(last))
            .flatMap(y -> Stream.of(y, withSign(y)));
    return Stream.of(smallOrder, noPoints, notCanonical).flatMap(points -> points);
  }

  @ParameterizedTest
  @MethodSource("unsafePoints")
  void anUnsafePointIsRefusedEverywhereThoughTheBackendTakesIt(byte[] point) throws Exception {
    String encoding = HexFormat.of().formatHex(point);
    Consumer<byte[]> asR = proof -> System.arraycopy(point, 0, proof, 0, point.length);
    Consumer<byte[]> asKey = proof -> System.arraycopy(point, 0, proof, 64, point.length);
    assertEquals(Reason.BAD_CLIENT_AUTH, refusalOfClient(new Credulous(), asR).reason(), encoding);
    assertEquals(
        Reason.BAD_SERVER_ACCEPT, refusalOfServer(new Credulous(), asR).reason(), encoding);
    assertEquals(Reason.INVALID_KEY, refusalOfClient(new Credulous(), asKey).reason(), encoding);
    try (Endpoint endpoint = side(new Credulous(), Sides.ALICE)) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class, () -> endpoint.serverKey(IdentityKey.of(point)));
      assertTrue(refusal.getMessage().contains("not a valid Ed25519 key"), encoding);
    }
  }

  /** So that what the tests above see is the lie, and not the backend. */
  @Test
  void aPeerWithoutALieIsAcceptedByTheBackendThatTakesAll() throws Exception {
    new Sides(side(new Credulous(), Sides.ALICE), side(new Credulous(), Sides.BOB)).run();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSharedSecretOfZerosIsRefusedThoughTheBackendTakesIt(boolean byTheServer) throws Exception {
    assertLowOrder(
        byTheServer,
        new DelegatingCryptoProvider(Sides.CRYPTO) {
          @Override
          public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
            Arrays.fill(shared, (byte) 0);
            return true;
          }
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSharedSecretThatTheBackendRefusesIsRefusedWhateverItIs(boolean byTheServer)
      throws Exception {
    assertLowOrder(
        byTheServer,
        new DelegatingCryptoProvider(Sides.CRYPTO) {
          @Override
          public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
            super.scalarMult(scalar, point, shared);
            return false;
          }
        });
  }

  private static void assertLowOrder(boolean byTheServer, CryptoProvider crypto) throws Exception {
    Sides sides =
        new Sides(
            side(byTheServer ? Sides.CRYPTO : crypto, Sides.ALICE),
            side(byTheServer ? crypto : Sides.CRYPTO, Sides.BOB));
    Message last = byTheServer ? Message.CLIENT_AUTHENTICATE : Message.SERVER_HELLO;
    byte[] message = sides.untilOnTheWay(last);
    assertEquals(Reason.LOW_ORDER, refusal(sides.receiver(last), message).reason());
  }

  @Test
  void ourOwnEphemeralKeyIsRefusedThoughItsIgnoredBitDiffers() throws Exception {
    Sides sides = Sides.ofOneNetwork();
    byte[] hello = ownHelloWithItsLastByteChanged(sides.client, 0x80);
    assertEquals(Reason.REFLECTED, refusal(sides.client, hello).reason());
  }

  @ParameterizedTest
  @ValueSource(ints = {0x01, 0x40})
  void anEphemeralKeyThatDiffersFromOursInOneBitIsAnotherKey(int bit) throws Exception {
    Sides sides = Sides.ofOneNetwork();
    byte[] hello = ownHelloWithItsLastByteChanged(sides.client, bit);
    assertTrue(Sides.give(sides.client, hello));
  }

  private static byte[] ownHelloWithItsLastByteChanged(Handshake side, int bits) {
    byte[] hello = Sides.take(side);
    byte[] key = Arrays.copyOfRange(hello, CryptoProvider.AUTH_BYTES, hello.length);
    key[key.length - 1] ^= (byte) bits;
    byte[] tag = new byte[CryptoProvider.AUTH_BYTES];
    Sides.CRYPTO.auth(NetworkKey.SCUTTLEBUTT.exportBytes(), key, tag);
    return Bytes.concat(tag, key);
  }

  @Test
  void aClientWithTheServersEphemeralKeyIsRefused() throws Exception {
    byte[] scalar = new byte[CryptoProvider.SCALAR_BYTES];
    Arrays.fill(scalar, (byte) 0x42);
    Sides sides =
        new Sides(
            side(new ScriptedRandomness(Sides.CRYPTO, scalar), Sides.ALICE),
            side(new ScriptedRandomness(Sides.CRYPTO, scalar), Sides.BOB));
    Sides.give(sides.server, Sides.take(sides.client));
    Sides.take(sides.server);
    byte[] anything = new byte[Message.CLIENT_AUTHENTICATE.length()];
    assertEquals(Reason.REFLECTED, refusal(sides.server, anything).reason());
  }

  /** What a server says to a client that lies in what it seals of itself: signature and key. */
  private static HandshakeException refusalOfClient(CryptoProvider judge, Consumer<byte[]> lie)
      throws HandshakeException {
    Sides sides = new Sides(side(new Forger(lie), Sides.ALICE), side(judge, Sides.BOB));
    return refusal(sides.server, sides.untilOnTheWay(Message.CLIENT_AUTHENTICATE));
  }

  /** What a client says to a server that lies in the signature that it seals. */
  private static HandshakeException refusalOfServer(CryptoProvider judge, Consumer<byte[]> lie)
      throws HandshakeException {
    Sides sides = new Sides(side(judge, Sides.ALICE), side(new Forger(lie), Sides.BOB));
    return refusal(sides.client, sides.untilOnTheWay(Message.SERVER_ACCEPT));
  }

  private static HandshakeException refusal(Handshake side, byte[] message) {
    return assertThrows(HandshakeException.class, () -> Sides.give(side, message));
  }

  private static Endpoint side(CryptoProvider crypto, IdentityKeyPair identity) {
    return new Endpoint(crypto, NetworkKey.SCUTTLEBUTT, identity);
  }

  private static IdentityKeyPair someoneElse() {
    return IdentityKeyPair.generate(Sides.CRYPTO);
  }

  private static byte[] withSign(byte[] encoding) {
    byte[] signed = encoding.clone();
    signed[31] |= (byte) 0x80;
    return signed;
  }

  /** Lies in what it seals, before it does. */
  private static final class Forger extends DelegatingCryptoProvider {
    private final Consumer<byte[]> lie;

    Forger(Consumer<byte[]> lie) {
      super(Sides.CRYPTO);
      this.lie = lie;
    }

    @Override
    public SecretBox secretBox(byte[] key) {
      SecretBox box = super.secretBox(key);
      return new SecretBox() {
        @Override
        public void seal(byte[] nonce, byte[] array, int offset, int length) {
          int message = offset + TAG_BYTES;
          byte[] proof = Arrays.copyOfRange(array, message, message + length);
          lie.accept(proof);
          System.arraycopy(proof, 0, array, message, length);
          box.seal(nonce, array, offset, length);
        }

        @Override
        public boolean open(byte[] nonce, byte[] array, int offset, int length) {
          return box.open(nonce, array, offset, length);
        }

        @Override
        public void close() {
          box.close();
        }
      };
    }
  }

  /** Takes every key and every signature. */
  private static final class Credulous extends DelegatingCryptoProvider {
    Credulous() {
      super(Sides.CRYPTO);
    }

    @Override
    public Optional<VerifyKey> verifyKey(byte[] publicKey) {
      Optional<VerifyKey> real = super.verifyKey(publicKey);
      return Optional.of(
          new VerifyKey() {
            @Override
            public boolean verify(byte[] message, byte[] signature) {
              return true;
            }

            @Override
            public void point(byte[] point) {
              if (real.isPresent()) {
                real.get().point(point);
              } else {
                Arrays.fill(point, (byte) 0);
                point[0] = 9;
              }
            }
          });
    }
  }
}
