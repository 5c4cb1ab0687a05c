package org.secrethandshake.conformance;

import static org.secrethandshake.conformance.Handshakes.deliver;
import static org.secrethandshake.conformance.Handshakes.sent;
import static org.secrethandshake.conformance.Scene.assertRefused;

import java.util.Arrays;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.DelegatingCryptoProvider;
import org.secrethandshake.testkit.ScriptedRandomness;

/** A backend that reports success although a shared secret is all zero, for each of the three. */
class LyingBackendTest {
  // Both sides multiply in this order: ab, aB, Ab.
  private static final int EPHEMERALS = 1;
  private static final int SERVER_IDENTITY = 2;
  private static final int CLIENT_IDENTITY = 3;

  @BackendTest
  void theClientRefusesAZeroFromEphemeralsOrServerIdentity(CryptoProvider crypto)
      throws HandshakeException {
    for (int secret : new int[] {EPHEMERALS, SERVER_IDENTITY}) {
      try (ClientHandshake client = Scene.client(new Lying(crypto, secret));
          ServerHandshake server = Scene.server(crypto)) {
        deliver(sent(client), server);
        assertRefused(Reason.LOW_ORDER, sent(server), client);
      }
    }
  }

  @BackendTest
  void theClientRefusesAZeroFromItsOwnIdentity(CryptoProvider crypto) throws HandshakeException {
    try (ClientHandshake client = Scene.client(new Lying(crypto, CLIENT_IDENTITY));
        ServerHandshake server = Scene.server(crypto)) {
      deliver(sent(client), server);
      deliver(sent(server), client);
      deliver(sent(client), server);
      server.accept();
      assertRefused(Reason.LOW_ORDER, sent(server), client);
    }
  }

  @BackendTest
  void theServerRefusesAZeroInEachOfTheThree(CryptoProvider crypto) throws HandshakeException {
    for (int secret : new int[] {EPHEMERALS, SERVER_IDENTITY, CLIENT_IDENTITY}) {
      try (ClientHandshake client = Scene.client(crypto);
          ServerHandshake server = Scene.server(new Lying(crypto, secret))) {
        deliver(sent(client), server);
        deliver(sent(server), client);
        assertRefused(Reason.LOW_ORDER, sent(client), server);
      }
    }
  }

  @BackendTest
  void aReflectedEphemeralIsRefusedByBothSides(CryptoProvider crypto) throws HandshakeException {
    try (ClientHandshake client = Scene.client(crypto)) {
      assertRefused(Reason.REFLECTED, sent(client), client);
    }
    byte[] scalar = Scene.filled(0x06);
    CraftedClient client = new CraftedClient(crypto);
    try (ServerHandshake server = Scene.server(new ScriptedRandomness(crypto, scalar))) {
      client.exchangeHellosAround(Scene.formulas(crypto).point(scalar), server);
      byte[] anything = client.authenticate(new byte[CryptoProvider.SIGNATURE_BYTES], scalar);
      assertRefused(Reason.REFLECTED, anything, server);
    }
  }

  /** Gives zeros and reports success in one of the multiplications, counted from 1. */
  private static final class Lying extends DelegatingCryptoProvider {
    private final int lie;
    private int calls;

    Lying(CryptoProvider delegate, int lie) {
      super(delegate);
      this.lie = lie;
    }

    @Override
    public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
      boolean accepted = super.scalarMult(scalar, point, shared);
      calls++;
      if (calls == lie) {
        Arrays.fill(shared, (byte) 0);
        return true;
      }
      return accepted;
    }
  }
}
