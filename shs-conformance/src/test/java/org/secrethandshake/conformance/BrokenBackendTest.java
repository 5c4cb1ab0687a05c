package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.secrethandshake.conformance.Handshakes.deliver;
import static org.secrethandshake.conformance.Handshakes.sent;

import java.util.Set;
import java.util.TreeSet;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Endpoint;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * A backend that throws, in each of the calls that a handshake makes: reported as the backend's
 * fault, never the peer's, with the handshake dead and every secret wiped.
 */
class BrokenBackendTest {
  private static final Set<String> CLIENT_OPERATIONS =
      Set.of(
          "signSeedToScalar",
          "randomBytes",
          "scalarMultBase",
          "auth",
          "scalarMult",
          "hash",
          "sign",
          "secretBox",
          "seal",
          "open",
          "verify");

  /** The server meets the client's key in mid-handshake; the client's was configured before. */
  private static final Set<String> SERVER_OPERATIONS =
      plus(CLIENT_OPERATIONS, "verifyKey", "point");

  /** One role of a handshake with an honest peer, step by step to its end. */
  private interface Role {
    /** Validates the other side's key, if this side knows it beforehand. */
    ServerKey configure(Endpoint local);

    Handshake begin(Endpoint local, ServerKey remote);

    void run(Handshake handshake) throws HandshakeException;
  }

  @BackendTest
  void breaksTheClientInEachOfItsCalls(CryptoProvider crypto) throws HandshakeException {
    assertEquals(new TreeSet<>(CLIENT_OPERATIONS), breakEachCall(crypto, client(crypto)));
  }

  @BackendTest
  void breaksTheServerInEachOfItsCalls(CryptoProvider crypto) throws HandshakeException {
    assertEquals(SERVER_OPERATIONS, breakEachCall(crypto, server(crypto)));
  }

  /** A backend that keeps to the contract throws the exception of the SPI, which goes through. */
  @BackendTest
  void passesTheBackendsOwnExceptionOn(CryptoProvider crypto) {
    CryptoProviderException fault = new CryptoProviderException("The library is gone.");
    BreakingProvider breaking = new BreakingProvider(crypto, () -> fault);
    try (ClientHandshake client = Scene.client(breaking);
        ServerHandshake server = Scene.server(crypto)) {
      breaking.breakIn(1);
      assertSame(
          fault,
          assertThrows(
              CryptoProviderException.class,
              () -> {
                deliver(sent(client), server);
                deliver(sent(server), client);
              }));
    }
  }

  /** Breaks the first call, the second, and so on until a handshake gets through. */
  private static Set<String> breakEachCall(CryptoProvider crypto, Role role)
      throws HandshakeException {
    Set<String> broken = new TreeSet<>();
    for (int call = 1; ; call++) {
      WatchedSecrets watched = new WatchedSecrets(crypto);
      BreakingProvider breaking =
          new BreakingProvider(watched, () -> new IllegalStateException("The library broke."));
      try (Endpoint local = Handshakes.local(breaking, Scene.NETWORK, Scene.CLIENT_SEED)) {
        ServerKey remote = role.configure(local);
        watched.watchFromHere();
        breaking.breakIn(call);
        if (completes(role, local, remote, breaking)) {
          System.out.printf(
              "Broken backend: each of %s calls of %s blamed and wiped.%n", call - 1, broken);
          return broken;
        }
      }
      broken.add(breaking.broken());
      watched.assertWiped("after call %s, %s, broke".formatted(call, breaking.broken()));
    }
  }

  /** Whether a handshake gets through; otherwise its backend was blamed and it is dead. */
  private static boolean completes(
      Role role, Endpoint local, ServerKey remote, BreakingProvider breaking)
      throws HandshakeException {
    Handshake handshake = null;
    try {
      handshake = role.begin(local, remote);
      role.run(handshake);
      return true;
    } catch (CryptoProviderException e) {
      assertTrue(breaking.hasBroken());
      assertEquals("The library broke.", e.getCause().getMessage());
      if (handshake != null) {
        Scene.assertDead(handshake);
      }
      return false;
    } finally {
      breaking.breakIn(Integer.MAX_VALUE);
      if (handshake != null) {
        handshake.close();
      }
    }
  }

  private static Role client(CryptoProvider honest) {
    IdentityKey serverKey = IdentityKey.of(Scene.formulas(honest).publicKey(Scene.SERVER_SEED));
    return new Role() {
      @Override
      public ServerKey configure(Endpoint local) {
        return local.serverKey(serverKey);
      }

      @Override
      public Handshake begin(Endpoint local, ServerKey remote) {
        return local.client(remote);
      }

      @Override
      public void run(Handshake client) throws HandshakeException {
        try (ServerHandshake server = Scene.server(honest)) {
          deliver(sent(client), server);
          deliver(sent(server), client);
          deliver(sent(client), server);
          server.accept();
          deliver(sent(server), client);
          client.finish().close();
        }
      }
    };
  }

  private static Role server(CryptoProvider honest) {
    byte[] ourKey = Scene.formulas(honest).publicKey(Scene.CLIENT_SEED);
    return new Role() {
      @Override
      public ServerKey configure(Endpoint local) {
        return null;
      }

      @Override
      public Handshake begin(Endpoint local, ServerKey remote) {
        return local.server();
      }

      @Override
      public void run(Handshake handshake) throws HandshakeException {
        ServerHandshake server = (ServerHandshake) handshake;
        try (ClientHandshake client =
            Handshakes.client(honest, Scene.NETWORK, Scene.SERVER_SEED, ourKey)) {
          deliver(sent(client), server);
          deliver(sent(server), client);
          deliver(sent(client), server);
          server.accept();
          deliver(sent(server), client);
          server.finish().close();
        }
      }
    };
  }

  private static Set<String> plus(Set<String> operations, String... more) {
    Set<String> all = new TreeSet<>(operations);
    all.addAll(Set.of(more));
    return all;
  }
}
