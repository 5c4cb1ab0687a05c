package org.secrethandshake.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.channel.SecretChannel;

class DatabaseAuthorizerTest {
  private final IdentityKeyPair alice = IdentityKeyPair.generate(Served.CRYPTO);
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private final JdbcDataSource members = new JdbcDataSource();
  private Served server;

  @BeforeEach
  void start() throws Exception {
    members.setURL("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
    change("CREATE TABLE member (public_key VARCHAR PRIMARY KEY, name VARCHAR NOT NULL)");
    server =
        Served.by(
            new DatabaseAuthorizer(members),
            (reason, client) -> failures.add(reason),
            DatabaseAuthorizer::greet);
  }

  @AfterEach
  void stop() throws SQLException {
    server.close();
    change("SHUTDOWN");
  }

  @Test
  void greetsAMemberByTheNameInTheTable() throws Exception {
    change("INSERT INTO member VALUES (?, 'Alice')", alice.publicKey().toString());
    assertEquals("Hello, Alice!\n", dial());
  }

  @Test
  void refusesWhomTheTableDoesNotName() throws Exception {
    change("INSERT INTO member VALUES (?, 'Bob')", server.own().publicKey().toString());
    assertRefused(HandshakeException.Reason.REFUSED);
  }

  @Test
  void refusesAMemberFromTheMomentItIsRemoved() throws Exception {
    change("INSERT INTO member VALUES (?, 'Alice')", alice.publicKey().toString());
    dial();
    change("DELETE FROM member WHERE public_key = ?", alice.publicKey().toString());
    assertRefused(HandshakeException.Reason.REFUSED);
  }

  @Test
  void refusesEverybodyWhileTheDatabaseCannotBeAsked() throws Exception {
    change("DROP TABLE member");
    HandshakeException reason = assertRefused(HandshakeException.Reason.AUTHORIZER_FAILED);
    assertInstanceOf(SQLException.class, reason.getCause());
  }

  private HandshakeException assertRefused(HandshakeException.Reason reason) throws Exception {
    HandshakeException seen = assertThrows(HandshakeException.class, this::dial);
    assertEquals(HandshakeException.Reason.CLOSED_BY_PEER, seen.reason());
    Throwable told = failures.poll(10, TimeUnit.SECONDS);
    HandshakeException failure = assertInstanceOf(HandshakeException.class, told);
    assertEquals(reason, failure.reason());
    return failure;
  }

  private String dial() throws IOException {
    try (SecretChannel channel = server.dial(alice)) {
      return new String(channel.inputStream().readAllBytes(), UTF_8);
    }
  }

  private void change(String sql, String... arguments) throws SQLException {
    try (Connection connection = members.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      statement.execute();
    }
  }
}
