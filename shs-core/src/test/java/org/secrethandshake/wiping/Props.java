package org.secrethandshake.wiping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.ChannelPair;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.Transports;
import org.secrethandshake.handshake.Endpoint;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.identity.InvalidSecretFileException;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.identity.SecretFile;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** What several scenes need. Nothing here keeps a copy of a secret. */
final class Props {
  private static final byte[] FIRST_NONCE = new byte[SecretBox.NONCE_BYTES];

  private Props() {}

  static void wipe(byte[] secret) {
    Arrays.fill(secret, (byte) 0);
  }

  /** An identity whose seed is held by nobody else. */
  static IdentityKeyPair identity(Cast cast, CryptoProvider crypto) {
    byte[] seed = cast.secret(IdentityKeyPair.SEED_BYTES);
    try {
      cast.tellBase64("seed as base64", seed);
      return IdentityKeyPair.fromSeed(crypto, seed);
    } finally {
      wipe(seed);
    }
  }

  /** An endpoint that holds the only copies of its keys. */
  static Endpoint endpoint(Cast cast) {
    try (IdentityKeyPair alice = identity(cast, cast.client)) {
      return new Endpoint(cast.client, cast.network(), alice);
    }
  }

  /** Ends a handshake by an altered message. */
  static Scene.End failure(Sides sides) {
    return () -> {
      byte[] altered = sides.onTheWay.clone();
      altered[0] ^= 1;
      Handshake receiver = sides.receiver();
      assertThrows(HandshakeException.class, () -> Sides.give(receiver, altered));
      assertEquals(Handshake.Step.FAILED, receiver.step());
      (receiver == sides.server ? sides.client : sides.server).close();
    };
  }

  /** A boxer over a backend that breaks at its first box. */
  static Boxer breakingBoxer(Cast cast, byte[] key) {
    CryptoProvider broken =
        new DelegatingCryptoProvider(cast.client) {
          @Override
          public SecretBox secretBox(byte[] key) {
            SecretBox box = super.secretBox(key);
            return new SecretBox() {
              @Override
              public void seal(byte[] nonce, byte[] array, int offset, int length) {
                throw new ArithmeticException("a cosmic ray");
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
        };
    return new Boxer(broken, key, FIRST_NONCE);
  }

  /**
   * An unboxer that has delivered the beginning of a secret body.
   *
   * @param behind what follows the packet
   */
  static Unboxer unboxer(Cast cast, int length, byte[] behind, int delivered) throws IOException {
    byte[] plaintext = cast.secret(length);
    ByteBuffer wire = ByteBuffer.allocate(Boxer.packetBytes(length) + behind.length);
    byte[] key = cast.boxKey();
    try (Boxer boxer = new Boxer(cast.client, key, FIRST_NONCE)) {
      boxer.box(ByteBuffer.wrap(plaintext), wire);
    }
    Unboxer unboxer = new Unboxer(cast.client, key, FIRST_NONCE);
    wipe(key);
    wipe(plaintext);
    byte[] received = new byte[delivered];
    wire.put(behind).flip();
    assertEquals(Unboxer.Result.BODY, unboxer.unbox(wire, ByteBuffer.wrap(received)));
    wipe(received);
    return unboxer;
  }

  /** Two ends of a channel. What configured them is closed. */
  static ChannelPair pair(Cast cast, Transports.Pair transports) throws Exception {
    NetworkKey network = cast.network();
    Side serverSide = new Side(cast, cast.server, network);
    try (SecretHandshake dialling = new Side(cast, cast.client, network).configuration();
        SecretHandshake serving = serverSide.configuration()) {
      CompletableFuture<SecretChannel> accepted =
          CompletableFuture.supplyAsync(() -> accept(serving, transports));
      SecretChannel client =
          dialling.connect(transports.left(), dialling.serverKey(serverSide.key()));
      return new ChannelPair(client, accepted.get());
    }
  }

  private static SecretChannel accept(SecretHandshake serving, Transports.Pair transports) {
    try {
      return serving.accept(transports.right(), Authorizer.anyone());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static void writeSecret(Cast cast, SecretChannel channel) throws IOException {
    byte[] plaintext = cast.secret(Boxer.MAX_BODY_BYTES);
    channel.write(ByteBuffer.wrap(plaintext));
    wipe(plaintext);
  }

  /** Two ends of a channel, one of which has a part of a secret still to deliver. */
  static ChannelPair halfRead(Cast cast) throws Exception {
    ChannelPair pair = pair(cast, Transports.pair());
    writeSecret(cast, pair.client());
    byte[] beginning = new byte[100];
    assertEquals(beginning.length, pair.server().read(ByteBuffer.wrap(beginning)));
    wipe(beginning);
    return pair;
  }

  /** An address that was read, with a seed. */
  static MultiserverAddress invite(Cast cast, int port, IdentityKey key) {
    byte[] seed = cast.seedOfAnAddress();
    String text =
        "net:127.0.0.1:%d~shs:%s:%s"
            .formatted(port, key.toBase64(), Base64.getEncoder().encodeToString(seed));
    wipe(seed);
    return MultiserverAddress.parse(text);
  }

  static void assertInvalid(Path file, CryptoProvider crypto, String why) {
    InvalidSecretFileException refusal =
        assertThrows(InvalidSecretFileException.class, () -> SecretFile.read(file, crypto).close());
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
  }

  /** Replaces the first of two equally long texts in a file by the second. */
  static void replaceInFile(Path file, String text, String other) throws IOException {
    edit(file, text, 0, other);
  }

  /** Sets one of the unused bits at the end of the secret's base64. */
  static void respellEnd(Path file) throws IOException {
    edit(file, "==.ed25519\",\n  \"id\"", -1, null);
  }

  private static void edit(Path file, String mark, int offset, String text) throws IOException {
    byte[] content = Files.readAllBytes(file);
    byte[] wanted = mark.getBytes(StandardCharsets.US_ASCII);
    int at = 0;
    while (!Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length)) {
      at++;
    }
    if (text == null) {
      content[at + offset]++;
    } else {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(bytes, 0, content, at + offset, bytes.length);
    }
    Files.write(file, content);
    wipe(content);
  }
}
