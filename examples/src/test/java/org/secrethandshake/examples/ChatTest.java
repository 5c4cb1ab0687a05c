package org.secrethandshake.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.channel.SecretChannel;

class ChatTest {
  private final IdentityKeyPair alice = IdentityKeyPair.generate(Served.CRYPTO);
  private final IdentityKeyPair bob = IdentityKeyPair.generate(Served.CRYPTO);
  private Served chat;

  @BeforeEach
  void start() throws IOException {
    chat = Served.by(new Chat()::join);
  }

  @AfterEach
  void stop() {
    chat.close();
  }

  @Test
  void everybodyGetsWhatSomebodySays() throws IOException {
    try (Member first = new Member(alice)) {
      assertEquals(alice.publicKey() + " is here", first.hears());
      try (Member second = new Member(bob)) {
        assertEquals(bob.publicKey() + " is here", first.hears());
        assertEquals(bob.publicKey() + " is here", second.hears());
        second.says("Gr\u00fc\u00dfe\n");
        assertEquals(bob.publicKey() + ": Gr\u00fc\u00dfe", first.hears());
        assertEquals(bob.publicKey() + ": Gr\u00fc\u00dfe", second.hears());
        first.says("one\ntw");
        first.says("o\n");
        assertEquals(alice.publicKey() + ": one", second.hears());
        assertEquals(alice.publicKey() + ": two", second.hears());
        assertEquals(alice.publicKey() + ": one", first.hears());
        assertEquals(alice.publicKey() + ": two", first.hears());
      }
      assertEquals(bob.publicKey() + " has left", first.hears());
    }
  }

  @Test
  void nobodyMaySendALineThatFillsTheServersMemory() throws IOException {
    try (Member first = new Member(alice)) {
      first.hears();
      try (Member second = new Member(bob)) {
        second.hears();
        first.hears();
        second.says("x".repeat(1000) + "\n");
        assertEquals(bob.publicKey() + ": " + "x".repeat(1000), second.hears());
        first.hears();
        second.says("x".repeat(1001));
        BoxStreamException cut = assertThrows(BoxStreamException.class, second::hears);
        assertEquals(BoxStreamException.Reason.TRUNCATED, cut.reason());
        assertEquals(bob.publicKey() + " has left", first.hears());
      }
    }
  }

  private final class Member implements AutoCloseable {
    private final SecretChannel channel;
    private final BufferedReader lines;

    Member(IdentityKeyPair identity) throws IOException {
      channel = chat.dial(identity);
      channel.readTimeout(Duration.ofSeconds(20));
      lines = new BufferedReader(new InputStreamReader(channel.inputStream(), UTF_8));
    }

    void says(String text) throws IOException {
      channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    String hears() throws IOException {
      return lines.readLine();
    }

    @Override
    public void close() {
      channel.close();
    }
  }
}
