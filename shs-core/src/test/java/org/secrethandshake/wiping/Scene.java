package org.secrethandshake.wiping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.secrethandshake.wiping.Props.assertInvalid;
import static org.secrethandshake.wiping.Props.breakingBoxer;
import static org.secrethandshake.wiping.Props.endpoint;
import static org.secrethandshake.wiping.Props.failure;
import static org.secrethandshake.wiping.Props.halfRead;
import static org.secrethandshake.wiping.Props.identity;
import static org.secrethandshake.wiping.Props.invite;
import static org.secrethandshake.wiping.Props.pair;
import static org.secrethandshake.wiping.Props.replaceInFile;
import static org.secrethandshake.wiping.Props.respellEnd;
import static org.secrethandshake.wiping.Props.unboxer;
import static org.secrethandshake.wiping.Props.wipe;
import static org.secrethandshake.wiping.Props.writeSecret;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.secrethandshake.BoxStreamException;
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
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.channel.Transports;
import org.secrethandshake.handshake.Endpoint;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.handshake.SessionKeys;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.identity.NetworkKeyFile;
import org.secrethandshake.identity.SecretFile;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** A life of secrets: {@link #begin} brings them up, and what it returns ends them. */
enum Scene {
  IDENTITY {
    @Override
    End begin(Cast cast) {
      IdentityKeyPair pair = identity(cast, cast.client);
      IdentityKeyPair copy = pair.copy(cast.server);
      byte[] result = new byte[CryptoProvider.SIGNATURE_BYTES];
      pair.sign(new byte[] {1, 2, 3}, result);
      wipe(result);
      byte[] scalar = new byte[CryptoProvider.SCALAR_BYTES];
      pair.exportScalar(scalar);
      wipe(scalar);
      return () -> {
        pair.close();
        copy.close();
      };
    }
  },

  IDENTITY_THAT_CANNOT_BE_DERIVED {
    @Override
    End begin(Cast cast) {
      CryptoProvider broken =
          new DelegatingCryptoProvider(cast.client) {
            @Override
            public void signPublicKey(byte[] seed, byte[] publicKey) {
              throw new ArithmeticException("a cosmic ray");
            }
          };
      assertThrows(ArithmeticException.class, () -> identity(cast, broken));
      cast.holdsOnly();
      return () -> {};
    }
  },

  ENDPOINT {
    @Override
    End begin(Cast cast) {
      Endpoint endpoint = endpoint(cast);
      return endpoint::close;
    }
  },

  ENDPOINT_WHOSE_BACKEND_REFUSES_THE_IDENTITY {
    @Override
    End begin(Cast cast) {
      CryptoProvider broken =
          new DelegatingCryptoProvider(cast.client) {
            @Override
            public Optional<VerifyKey> verifyKey(byte[] publicKey) {
              return Optional.empty();
            }
          };
      try (IdentityKeyPair pair = identity(cast, broken)) {
        NetworkKey network = cast.network();
        assertThrows(
            CryptoProviderException.class, () -> new Endpoint(broken, network, pair).close());
      }
      cast.holdsOnly();
      return () -> {};
    }
  },

  DIAL_UNDER_ANOTHER_IDENTITY_AFTER_THE_END {
    @Override
    End begin(Cast cast) {
      Endpoint endpoint = endpoint(cast);
      try (IdentityKeyPair once = identity(cast, cast.client)) {
        ServerKey server = endpoint.serverKey(once.publicKey());
        endpoint.close();
        Handshake[] none = new Handshake[1];
        assertThrows(IllegalStateException.class, () -> none[0] = endpoint.client(server, once));
      }
      cast.holdsOnly();
      return () -> {};
    }
  },

  CLOSED_AT_CLIENT_HELLO {
    @Override
    End begin(Cast cast) throws Exception {
      return new Sides(cast).until(1)::close;
    }
  },

  CLOSED_AT_SERVER_HELLO {
    @Override
    End begin(Cast cast) throws Exception {
      return new Sides(cast).until(2)::close;
    }
  },

  CLOSED_AT_CLIENT_AUTHENTICATE {
    @Override
    End begin(Cast cast) throws Exception {
      return new Sides(cast).until(3)::close;
    }
  },

  CLOSED_AT_SERVER_ACCEPT {
    @Override
    End begin(Cast cast) throws Exception {
      return new Sides(cast).until(4)::close;
    }
  },

  FAILED_AT_CLIENT_HELLO {
    @Override
    End begin(Cast cast) throws Exception {
      return failure(new Sides(cast).until(1));
    }
  },

  FAILED_AT_SERVER_HELLO {
    @Override
    End begin(Cast cast) throws Exception {
      return failure(new Sides(cast).until(2));
    }
  },

  FAILED_AT_CLIENT_AUTHENTICATE {
    @Override
    End begin(Cast cast) throws Exception {
      return failure(new Sides(cast).until(3));
    }
  },

  FAILED_AT_SERVER_ACCEPT {
    @Override
    End begin(Cast cast) throws Exception {
      return failure(new Sides(cast).until(4));
    }
  },

  REFUSED {
    @Override
    End begin(Cast cast) throws Exception {
      Sides sides = new Sides(cast).until(3);
      Sides.give(sides.server, sides.onTheWay);
      return () -> {
        sides.server.refuse();
        sides.client.close();
      };
    }
  },

  BACKEND_THAT_BREAKS {
    @Override
    End begin(Cast cast) throws Exception {
      boolean[] broken = new boolean[1];
      CryptoProvider fragile =
          new DelegatingCryptoProvider(cast.server) {
            @Override
            public SecretBox secretBox(byte[] key) {
              if (broken[0]) {
                throw new ArithmeticException("a cosmic ray");
              }
              return super.secretBox(key);
            }
          };
      Sides sides = new Sides(cast, fragile).until(3);
      broken[0] = true;
      return () -> {
        assertThrows(CryptoProviderException.class, () -> Sides.give(sides.server, sides.onTheWay));
        sides.client.close();
      };
    }
  },

  DONE_AND_NEVER_FINISHED {
    @Override
    End begin(Cast cast) throws Exception {
      Sides sides = new Sides(cast).until(4);
      Sides.give(sides.client, sides.onTheWay);
      return sides::close;
    }
  },

  SESSION {
    @Override
    End begin(Cast cast) throws Exception {
      Sides sides = new Sides(cast).until(4);
      Sides.give(sides.client, sides.onTheWay);
      Session client = sides.client.finish();
      Session server = sides.server.finish();
      SessionKeys keys = client.exportKeysUnsafe();
      cast.holdsOnly(keys.sendKey(), keys.receiveKey());
      return () -> {
        client.close();
        server.close();
        keys.close();
        // The handshakes that gave them stay reachable, and hold nothing.
        assertEquals(Handshake.Step.CLOSED, sides.client.step());
      };
    }
  },

  SESSION_WHOSE_DIRECTIONS_ARE_TAKEN {
    @Override
    End begin(Cast cast) throws Exception {
      Sides sides = new Sides(cast).until(4);
      Sides.give(sides.client, sides.onTheWay);
      sides.server.close();
      Session session = sides.client.finish();
      Boxer boxer = session.boxer();
      Unboxer unboxer = session.unboxer();
      return () -> {
        session.close();
        boxer.close();
        unboxer.close();
      };
    }
  },

  BOXER {
    @Override
    End begin(Cast cast) {
      byte[] key = cast.secret(SecretBox.KEY_BYTES);
      byte[] plaintext = cast.secret(5000);
      Boxer boxer = new Boxer(cast.client, key, new byte[SecretBox.NONCE_BYTES]);
      boxer.box(ByteBuffer.wrap(plaintext), ByteBuffer.allocateDirect(6000));
      wipe(plaintext);
      cast.holdsOnly(key);
      return boxer::close;
    }
  },

  BOXER_WHOSE_BACKEND_BREAKS {
    @Override
    End begin(Cast cast) {
      byte[] key = cast.secret(SecretBox.KEY_BYTES);
      byte[] plaintext = cast.secret(1000);
      ByteBuffer heap = ByteBuffer.allocate(2000);
      Boxer boxer = breakingBoxer(cast, key);
      assertThrows(
          CryptoProviderException.class, () -> boxer.box(ByteBuffer.wrap(plaintext), heap));
      Boxer other = breakingBoxer(cast, key);
      assertThrows(
          CryptoProviderException.class,
          () -> other.box(ByteBuffer.wrap(plaintext), ByteBuffer.allocateDirect(2000)));
      wipe(plaintext);
      wipe(key);
      cast.holdsOnly();
      return () -> {
        boxer.close();
        other.close();
        assertEquals(0, heap.position());
      };
    }
  },

  UNBOXER_IN_A_LONG_PACKET {
    @Override
    End begin(Cast cast) throws Exception {
      Unboxer unboxer = unboxer(cast, Boxer.MAX_BODY_BYTES, new byte[0], 10);
      return unboxer::close;
    }
  },

  UNBOXER_IN_A_SMALL_PACKET {
    @Override
    End begin(Cast cast) throws Exception {
      Unboxer unboxer = unboxer(cast, 80, new byte[0], 10);
      return unboxer::close;
    }
  },

  UNBOXER_AT_REST {
    @Override
    End begin(Cast cast) throws Exception {
      byte[] header = new byte[1];
      Unboxer unboxer = unboxer(cast, Boxer.MAX_BODY_BYTES, new byte[0], Boxer.MAX_BODY_BYTES);
      assertEquals(
          Unboxer.Result.NEED_INPUT,
          unboxer.unbox(ByteBuffer.allocate(0), ByteBuffer.wrap(header)));
      cast.holdsOnly(cast.boxKey());
      return unboxer::close;
    }
  },

  UNBOXER_THAT_FAILS {
    @Override
    End begin(Cast cast) throws Exception {
      byte[] garbage = new byte[34];
      Unboxer unboxer = unboxer(cast, Boxer.MAX_BODY_BYTES, garbage, Boxer.MAX_BODY_BYTES);
      Unboxer small = unboxer(cast, 80, garbage, 80);
      return () -> {
        for (Unboxer failing : new Unboxer[] {unboxer, small}) {
          ByteBuffer rest = ByteBuffer.wrap(garbage);
          BoxStreamException failure =
              assertThrows(
                  BoxStreamException.class, () -> failing.unbox(rest, ByteBuffer.allocate(1)));
          assertEquals(BoxStreamException.Reason.BAD_HEADER, failure.reason());
        }
      };
    }
  },

  CHANNEL_CLOSED {
    @Override
    End begin(Cast cast) throws Exception {
      ChannelPair pair = halfRead(cast);
      return pair::close;
    }
  },

  CHANNEL_ABORTED {
    @Override
    End begin(Cast cast) throws Exception {
      ChannelPair pair = halfRead(cast);
      return () -> {
        pair.client().abort();
        pair.server().abort();
      };
    }
  },

  CHANNEL_THAT_DRAINS {
    @Override
    End begin(Cast cast) throws Exception {
      ChannelPair pair = pair(cast, Transports.pair());
      writeSecret(cast, pair.client());
      pair.client().shutdownOutput();
      return pair::close;
    }
  },

  CHANNEL_THAT_ENDED {
    @Override
    End begin(Cast cast) throws Exception {
      ChannelPair pair = halfRead(cast);
      pair.client().shutdownOutput();
      pair.server().shutdownOutput();
      return () -> {
        ByteBuffer rest = ByteBuffer.allocate(Boxer.MAX_BODY_BYTES);
        assertTrue(pair.server().read(rest) > 0);
        wipe(rest.array());
        for (SecretChannel side : new SecretChannel[] {pair.client(), pair.server()}) {
          assertEquals(-1, side.read(rest.clear()));
          assertEquals("SecretChannel[ended]", side.toString());
        }
      };
    }
  },

  CHANNEL_THAT_FAILS {
    @Override
    End begin(Cast cast) throws Exception {
      Transports.Pair transports = Transports.pair();
      ChannelPair pair = pair(cast, transports);
      return () -> {
        transports.left().write(ByteBuffer.allocate(34));
        BoxStreamException failure =
            assertThrows(
                BoxStreamException.class, () -> pair.server().read(ByteBuffer.allocate(1)));
        assertEquals(BoxStreamException.Reason.BAD_HEADER, failure.reason());
        failure =
            assertThrows(
                BoxStreamException.class, () -> pair.client().read(ByteBuffer.allocate(1)));
        assertEquals(BoxStreamException.Reason.TRUNCATED, failure.reason());
      };
    }
  },

  CONFIGURATION {
    @Override
    End begin(Cast cast) {
      Side side = new Side(cast, cast.client, cast.network());
      return side.configuration()::close;
    }
  },

  DIAL_THAT_FAILS {
    @Override
    End begin(Cast cast) throws Exception {
      Transports.Pair transports = Transports.pair();
      Side side = new Side(cast, cast.client, cast.network());
      try (SecretHandshake configuration = side.configuration()) {
        ServerKey server = configuration.serverKey(side.key());
        transports.right().close();
        HandshakeException failure =
            assertThrows(
                HandshakeException.class, () -> configuration.connect(transports.left(), server));
        assertEquals(HandshakeException.Reason.TRANSPORT, failure.reason());
      }
      cast.holdsOnly();
      return () -> {};
    }
  },

  ACCEPT_THAT_FAILS {
    @Override
    End begin(Cast cast) throws Exception {
      Transports.Pair transports = Transports.pair();
      NetworkKey network = cast.network();
      Side clientSide = new Side(cast, cast.client, network);
      try (SecretHandshake dialling = clientSide.configuration();
          SecretHandshake serving = new Side(cast, cast.server, network).configuration();
          Handshake client = dialling.client(dialling.serverKey(clientSide.key()))) {
        Sides.write(transports.left(), Sides.take(client));
        ByteChannel ending = new EndsAfter(transports.right(), 64);
        HandshakeException failure =
            assertThrows(
                HandshakeException.class, () -> serving.accept(ending, Authorizer.anyone()));
        assertEquals(HandshakeException.Reason.CLOSED_BY_PEER, failure.reason());
      }
      cast.holdsOnly();
      return () -> {};
    }
  },

  KEY_FILE {
    @Override
    End begin(Cast cast) throws Exception {
      Path file = cast.file("secret");
      try (IdentityKeyPair pair = identity(cast, cast.client)) {
        Files.deleteIfExists(file);
        SecretFile.create(file, pair);
        SecretFile.replace(file, pair);
      }
      IdentityKeyPair read = SecretFile.read(file, cast.client);
      return read::close;
    }
  },

  KEY_FILE_THAT_IS_DAMAGED {
    @Override
    End begin(Cast cast) throws Exception {
      Path file = cast.file("secret");
      try (IdentityKeyPair pair = identity(cast, cast.client);
          IdentityKeyPair other = identity(cast, cast.client)) {
        Files.deleteIfExists(file);
        SecretFile.create(file, pair);
        replaceInFile(file, "@" + pair.publicKey().toBase64(), "@" + other.publicKey().toBase64());
      }
      assertInvalid(file, cast.client, "its id is not the one that its seed derives");
      cast.holdsOnly();
      return () -> {};
    }
  },

  KEY_FILE_WITH_ANOTHER_SPELLING {
    @Override
    End begin(Cast cast) throws Exception {
      Path file = cast.file("secret");
      try (IdentityKeyPair pair = identity(cast, cast.client)) {
        Files.deleteIfExists(file);
        SecretFile.create(file, pair);
      }
      // 64 bytes end with four unused bits, which are zero in the one spelling that is read.
      respellEnd(file);
      assertInvalid(file, cast.client, "its field 'private' is not the padded base64");
      cast.holdsOnly();
      return () -> {};
    }
  },

  NETWORK_KEY_FILE {
    @Override
    End begin(Cast cast) throws Exception {
      Path file = cast.file("network");
      Files.deleteIfExists(file);
      NetworkKey network = cast.network();
      NetworkKeyFile.create(file, network);
      NetworkKeyFile.replace(file, network);
      cast.holdsOnly();
      return () -> {};
    }
  },

  ADDRESS {
    @Override
    End begin(Cast cast) {
      MultiserverAddress[] address = {invite(cast, 8008, IdentityKey.of(new byte[32]))};
      assertTrue(address[0].alternatives().get(0).hasSeed());
      return () -> address[0] = null;
    }
  },

  DIAL_BY_AN_INVITE {
    @Override
    End begin(Cast cast) throws Exception {
      NetworkKey network = cast.network();
      Side serverSide = new Side(cast, cast.server, network);
      SecretHandshake clientSide =
          SecretHandshake.builder().crypto(cast.client).network(network).build();
      // Its threads are waited for: until the last one has ended, its stack holds the network key.
      ExecutorService executor = Executors.newCachedThreadPool();
      SecretServer server =
          SecretServer.builder(serverSide.configuration())
              .authorizer(Authorizer.anyone())
              .executor(executor)
              .handler(channel -> channel.read(ByteBuffer.allocate(1)))
              .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (server) {
        int port = server.localAddress().getPort();
        clientSide.connect(invite(cast, port, serverSide.key())).abort();
      }
      executor.shutdown();
      assertTrue(executor.awaitTermination(1, TimeUnit.MINUTES));
      serverSide.configuration().close();
      clientSide.close();
      cast.holdsOnly();
      return () -> {};
    }
  };

  /** The end of a scene. What it captures stays reachable. */
  interface End {
    void run() throws Exception;
  }

  abstract End begin(Cast cast) throws Exception;
}
