package org.secrethandshake.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.identity.MultiserverAddress;

/**
 * A client that sends requests and gets responses, over one channel for as long as that lasts and
 * over a new one when it broke. {@link RequestServer} is the other side.
 *
 * <p>A request whose response got lost is sent again, so the server may see it twice: for requests
 * that change nothing, or that the server recognises. Thread-safe: requests take turns.
 */
public final class ReconnectingClient implements AutoCloseable {
  private static final int ATTEMPTS = 10;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

  private final SecretHandshake shs;
  private final MultiserverAddress address;
  private @Nullable SecretChannel channel;

  ReconnectingClient(SecretHandshake shs, MultiserverAddress address) {
    this.shs = shs;
    this.address = address;
  }

  /**
   * Sends a request and waits for its response.
   *
   * @throws IOException the failure of the last attempt
   */
  synchronized String request(String request) throws IOException, InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; ; attempt++) {
      try {
        return exchange(request);
      } catch (IOException e) {
        close();
        if (attempt == ATTEMPTS) {
          throw e;
        }
        // Not all clients of a server that was restarted come back in the same moment.
        Thread.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause));
        pause *= 2;
      }
    }
  }

  private String exchange(String request) throws IOException {
    SecretChannel open = channel == null ? shs.connect(address) : channel;
    channel = open;
    open.readTimeout(RESPONSE_TIMEOUT);
    new DataOutputStream(open.outputStream()).writeUTF(request);
    return new DataInputStream(open.inputStream()).readUTF();
  }

  /** Takes leave of the server; the next request would dial it again. */
  @Override
  public synchronized void close() {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  /** Sends each line of standard input as a request, and prints the response. */
  public static void main(String[] args) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (IdentityKeyPair own = IdentityKeyPair.generate(CryptoProviders.onlyInstalled());
        SecretHandshake shs =
            SecretHandshake.builder().network(NetworkKey.SCUTTLEBUTT).identity(own).build();
        ReconnectingClient client =
            new ReconnectingClient(shs, MultiserverAddress.parse(args[0]))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(client.request(line));
      }
    }
  }
}
