package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.Transports;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.Edwards25519;

/**
 * Whatever is wrong with a clientAuthenticate, the server closes a whole number of quarter seconds
 * after it came. Only the least time is checked here; {@link RefusalTimeRun} measures whether the
 * times can be told apart.
 */
class RefusalTimeTest {
  private static final Duration STEP = Duration.ofMillis(250);
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int SERVER_HELLO_BYTES = 64;

  /** What a client sends as its clientAuthenticate. */
  private interface Proof {
    byte[] of(CraftedClient client);
  }

  @BackendTest
  void aGuessOfTheServersKeyThatIsWrongIsAnsweredAfterAStep(CryptoProvider crypto) {
    Proof forAnotherKey = client -> altered(honest(client, crypto));
    assertClosesAfterAStep(crypto, forAnotherKey, Authorizer.anyone(), Reason.BAD_CLIENT_AUTH);
  }

  @BackendTest
  void aClientThatIsRefusedIsAnsweredAfterAStep(CryptoProvider crypto) {
    Authorizer nobody = client -> Optional.empty();
    assertClosesAfterAStep(crypto, client -> honest(client, crypto), nobody, Reason.REFUSED);
  }

  @BackendTest
  void anAuthorizerThatFailsAnswersAfterAStep(CryptoProvider crypto) {
    Authorizer broken =
        client -> {
          throw new IOException("the directory is down");
        };
    assertClosesAfterAStep(
        crypto, client -> honest(client, crypto), broken, Reason.AUTHORIZER_FAILED);
  }

  @BackendTest
  void aSignatureThatIsNotValidIsAnsweredAfterAStep(CryptoProvider crypto) {
    byte[] key = Scene.formulas(crypto).publicKey(Scene.CLIENT_SEED);
    Proof unsigned = client -> client.authenticate(new byte[CryptoProvider.SIGNATURE_BYTES], key);
    assertClosesAfterAStep(crypto, unsigned, Authorizer.anyone(), Reason.BAD_CLIENT_AUTH);
  }

  @BackendTest
  void aKeyThatIsNotValidIsAnsweredAfterAStep(CryptoProvider crypto) {
    byte[] small = Edwards25519.IDENTITY.encoding();
    Proof invalid = client -> client.authenticate(client.signature(Scene.CLIENT_SEED), small);
    assertClosesAfterAStep(crypto, invalid, Authorizer.anyone(), Reason.INVALID_KEY);
  }

  private static byte[] honest(CraftedClient client, CryptoProvider crypto) {
    return client.authenticate(
        client.signature(Scene.CLIENT_SEED), Scene.formulas(crypto).publicKey(Scene.CLIENT_SEED));
  }

  private static byte[] altered(byte[] message) {
    byte[] altered = message.clone();
    altered[0] ^= 1;
    return altered;
  }

  private static void assertClosesAfterAStep(
      CryptoProvider crypto, Proof proof, Authorizer authorizer, Reason reason) {
    Transports.Pair transports = Transports.pair();
    CompletableFuture<Reason> answer =
        CompletableFuture.supplyAsync(() -> refusal(crypto, transports.right(), authorizer));
    try (ByteChannel server = transports.left()) {
      CraftedClient client = new CraftedClient(crypto);
      server.write(ByteBuffer.wrap(client.hello()));
      client.agree(read(server, SERVER_HELLO_BYTES));
      byte[] message = proof.of(client);

      long sent = System.nanoTime();
      server.write(ByteBuffer.wrap(message));
      assertEquals(-1, server.read(ByteBuffer.allocate(1)), "the server answered with bytes");
      Duration passed = Duration.ofNanos(System.nanoTime() - sent);

      assertEquals(reason, answer.get(DEADLINE.toSeconds(), TimeUnit.SECONDS));
      assertTrue(passed.compareTo(STEP) >= 0, "closed after " + passed);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Reason refusal(
      CryptoProvider crypto, ByteChannel transport, Authorizer authorizer) {
    try (IdentityKeyPair identity = IdentityKeyPair.fromSeed(crypto, Scene.SERVER_SEED);
        SecretHandshake shs =
            SecretHandshake.builder()
                .crypto(crypto)
                .network(NetworkKey.of(Scene.NETWORK))
                .identity(identity)
                .timeout(DEADLINE)
                .build()) {
      shs.accept(transport, authorizer);
      throw new AssertionError("the server let the client in");
    } catch (HandshakeException e) {
      return e.reason();
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static byte[] read(ByteChannel transport, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      assertTrue(transport.read(bytes) > 0, "the server closed early");
    }
    return Arrays.copyOf(bytes.array(), length);
  }
}
