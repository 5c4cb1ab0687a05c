package org.secrethandshake.acceptance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretServer;

/** PostgreSQL's driver, which knows nothing of secret handshakes, with a real server. */
@Timeout(60)
class PostgresDriverTest {
  private static final String QUERY_CANCELED = "57014";
  private static final int ROWS = 100_000;

  private static Postgres postgres;
  private SecretServer tunnel;

  @BeforeAll
  static void startDatabase() throws Exception {
    Requirement.POSTGRES.orSkip("PostgreSQL's driver over secret sockets");
    postgres = Postgres.start();
  }

  @AfterAll
  static void stopDatabase() throws Exception {
    if (postgres != null) {
      postgres.close();
    }
  }

  @BeforeEach
  void openTunnel() throws Exception {
    tunnel =
        SecretServer.builder(Peers.SERVER)
            .authorizer(Authorizer.only(Set.of(Peers.ALICE.publicKey())))
            .handler(Peers.relayTo(new InetSocketAddress(postgres.host(), postgres.port())))
            .start(Peers.anyPort());
  }

  @AfterEach
  void closeTunnel() {
    tunnel.close();
  }

  private Connection connect() throws SQLException {
    return connect(tunnel.localAddress(), Peers.BOB.publicKey());
  }

  private static Connection connect(InetSocketAddress database, IdentityKey serversKey)
      throws SQLException {
    Properties connection = new Properties();
    connection.setProperty("user", Postgres.USER);
    connection.setProperty("sslmode", "disable");
    connection.setProperty("gssEncMode", "disable");
    connection.setProperty("socketFactory", ToBobsDatabase.class.getName());
    connection.setProperty("socketFactoryArg", serversKey.toString());
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(
                database.getAddress().getHostAddress(), database.getPort(), Postgres.DATABASE),
        connection);
  }

  @Test
  void keepsARow() throws Exception {
    try (Connection db = connect();
        Statement sql = db.createStatement()) {
      sql.execute("create table friend (name text, age int)");
      try (PreparedStatement insert = db.prepareStatement("insert into friend values (?, ?)")) {
        for (int i = 0; i < 1_000; i++) {
          insert.setString(1, "friend " + i);
          insert.setInt(2, i);
          insert.addBatch();
        }
        assertEquals(1_000, insert.executeBatch().length);
      }
      assertEquals(499_500, number(sql, "select sum(age) from friend"));
      sql.execute("drop table friend");
    }
  }

  @Test
  void copiesManyRowsOutAndIn() throws Exception {
    try (Connection db = connect();
        Statement sql = db.createStatement()) {
      CopyManager copy = db.unwrap(PGConnection.class).getCopyAPI();
      ByteArrayOutputStream rows = new ByteArrayOutputStream();
      copy.copyOut(
          "copy (select i, md5(i::text) from generate_series(1, %d) i) to stdout".formatted(ROWS),
          rows);
      sql.execute("create temp table copied (i int, hash text)");
      assertEquals(
          ROWS,
          copy.copyIn("copy copied from stdin", new ByteArrayInputStream(rows.toByteArray())));
      assertEquals(ROWS, number(sql, "select count(*) from copied where hash = md5(i::text)"));
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      copy.copyOut("copy (select * from copied order by i) to stdout", again);
      assertArrayEquals(rows.toByteArray(), again.toByteArray());
    }
  }

  @Test
  void fetchesAResultInParts() throws Exception {
    try (Connection db = connect();
        Statement sql = db.createStatement()) {
      db.setAutoCommit(false);
      sql.setFetchSize(1_000);
      try (ResultSet rows =
          sql.executeQuery("select i, repeat('x', 100) from generate_series(1, 20000) i")) {
        int count = 0;
        while (rows.next()) {
          assertEquals(++count, rows.getInt(1));
        }
        assertEquals(20_000, count);
      }
    }
  }

  @Test
  void aQueryIsCancelledOverAConnectionOfItsOwn() throws Exception {
    try (Connection db = connect();
        Statement sql = db.createStatement()) {
      Future<SQLException> failure =
          Peers.THREADS.submit(
              () ->
                  assertThrows(
                      SQLException.class, () -> sql.execute("/* long */ select pg_sleep(50)")));
      awaitRunning("/* long */");
      sql.cancel();
      assertEquals(QUERY_CANCELED, failure.get().getSQLState());
      assertEquals(1, number(sql, "select 1"));
    }
  }

  @Test
  void aStatementTimeoutLeavesTheConnectionAsGoodAsBefore() throws Exception {
    try (Connection db = connect();
        Statement sql = db.createStatement()) {
      sql.execute("set statement_timeout = 20");
      SQLException late =
          assertThrows(SQLException.class, () -> sql.execute("select pg_sleep(50)"));
      assertEquals(QUERY_CANCELED, late.getSQLState());
      assertEquals(1, number(sql, "select 1"));
    }
  }

  @Test
  void aNetworkTimeoutIsAnErrorOfTheDriver() throws Exception {
    try (Connection db = connect();
        Statement sql = db.createStatement()) {
      db.setNetworkTimeout(Runnable::run, 50);
      SQLException late =
          assertThrows(SQLException.class, () -> sql.execute("select pg_sleep(50)"));
      assertInstanceOf(SocketTimeoutException.class, late.getCause());
      assertTrue(db.isClosed());
    }
  }

  /** The driver asks whether something has come with reads of 1 ms. */
  @Test
  void notificationsComeBetweenReadsThatTimeOut() throws Exception {
    try (Connection listener = connect();
        Connection notifier = connect();
        Statement listen = listener.createStatement();
        Statement notify = notifier.createStatement()) {
      PGConnection news = listener.unwrap(PGConnection.class);
      listen.execute("listen news");
      for (int i = 0; i < 5; i++) {
        assertEquals(0, news.getNotifications(2).length);
        notify.execute("notify news, '" + i + "'");
        PGNotification[] notifications = news.getNotifications(20_000);
        assertEquals(1, notifications.length);
        assertEquals(Integer.toString(i), notifications[0].getParameter());
      }
      assertEquals(1, number(listen, "select 1"));
    }
  }

  @Test
  void aConnectionThatIsCutInTheMiddleOfAQueryIsAnError() throws Exception {
    try (Connection db = connect();
        Statement sql = db.createStatement()) {
      Future<SQLException> failure =
          Peers.THREADS.submit(
              () ->
                  assertThrows(
                      SQLException.class, () -> sql.execute("/* cut */ select pg_sleep(50)")));
      awaitRunning("/* cut */");
      tunnel.close();
      assertInstanceOf(BoxStreamException.class, failure.get().getCause());
      assertTrue(db.isClosed());
    }
  }

  @Test
  void aConnectionThatIsCutInTheMiddleOfACopyIsAnError() throws Exception {
    Connection db = connect();
    CopyManager copy = db.unwrap(PGConnection.class).getCopyAPI();
    CopyOut rows =
        copy.copyOut("copy (select repeat('x', 1000) from generate_series(1, 1000000)) to stdout");
    assertNotNull(rows.readFromCopy());
    tunnel.close();
    SQLException cut = assertThrows(SQLException.class, () -> readToTheEnd(rows));
    assertInstanceOf(BoxStreamException.class, cut.getCause());
    db.abort(Runnable::run);
  }

  private static void readToTheEnd(CopyOut rows) throws SQLException {
    byte[] row = rows.readFromCopy();
    while (row != null) {
      row = rows.readFromCopy();
    }
  }

  @Test
  void anotherServerKeyIsNotGivenThePassword() throws Exception {
    SQLException refused =
        assertThrows(
            SQLException.class,
            () -> connect(tunnel.localAddress(), Peers.ALICE.publicKey()).close());
    assertInstanceOf(HandshakeException.class, refused.getCause());
  }

  @Test
  void manyConnectionsWorkAtTheSameTime() throws Exception {
    List<Future<Long>> sums = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      sums.add(
          Peers.THREADS.submit(
              () -> {
                try (Connection db = connect();
                    Statement sql = db.createStatement()) {
                  return number(sql, "select sum(i) from generate_series(1, 1000) i");
                }
              }));
    }
    for (Future<Long> sum : sums) {
      assertEquals(500_500, sum.get());
    }
  }

  private static long number(Statement sql, String query) throws SQLException {
    try (ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Waits until the database executes a query that begins so. */
  private void awaitRunning(String beginning) throws SQLException {
    try (Connection db = connect();
        Statement sql = db.createStatement()) {
      String query =
          "select count(*) from pg_stat_activity where state = 'active' and query like '%s%%'"
              .formatted(beginning);
      while (number(sql, query) == 0) {
        Thread.onSpinWait();
      }
    }
  }
}
