package org.secrethandshake.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Lets in whom a table of a database names, under that name. The table is asked for each
 * connection, so a change counts for the next one. If it cannot be asked, nobody is let in.
 */
public final class DatabaseAuthorizer implements Authorizer {
  private static final String CREATE =
      "CREATE TABLE member (public_key VARCHAR PRIMARY KEY, name VARCHAR) AS SELECT ?, 'Alice'";
  private static final String FIND = "SELECT name FROM member WHERE public_key = ?";

  private final DataSource members;

  DatabaseAuthorizer(DataSource members) {
    this.members = members;
  }

  @Override
  public Optional<String> authorize(IdentityKey client) throws SQLException {
    try (Connection connection = members.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setString(1, client.toString());
      try (ResultSet found = find.executeQuery()) {
        return found.next() ? Optional.of(found.getString("name")) : Optional.empty();
      }
    }
  }

  /** The server's handler: greets the member by the name that the database has. */
  static void greet(SecretChannel channel) throws IOException {
    String name = channel.authorization(String.class).orElseThrow();
    channel.outputStream().write(("Hello, " + name + "!\n").getBytes(UTF_8));
  }

  /** Shows a member that is greeted, and a stranger that is refused. */
  public static void main(String[] args) throws Exception {
    CryptoProvider crypto = CryptoProviders.onlyInstalled();
    JdbcDataSource members = new JdbcDataSource();
    members.setURL("jdbc:h2:mem:members;DB_CLOSE_DELAY=-1");
    try (IdentityKeyPair own = IdentityKeyPair.generate(crypto);
        IdentityKeyPair alice = IdentityKeyPair.generate(crypto);
        IdentityKeyPair mallory = IdentityKeyPair.generate(crypto)) {
      try (Connection connection = members.getConnection();
          PreparedStatement create = connection.prepareStatement(CREATE)) {
        create.setString(1, alice.publicKey().toString());
        create.execute();
      }
      try (SecretHandshake shs = side(own);
          SecretServer server =
              SecretServer.builder(shs)
                  .authorizer(new DatabaseAuthorizer(members))
                  .handler(DatabaseAuthorizer::greet)
                  .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
        MultiserverAddress address =
            MultiserverAddress.of("127.0.0.1", server.localAddress().getPort(), own.publicKey());
        System.out.print("Alice gets: " + dial(alice, address));
        System.out.println("Mallory gets: " + dial(mallory, address));
      }
    }
  }

  private static SecretHandshake side(IdentityKeyPair identity) {
    return SecretHandshake.builder().network(NetworkKey.SCUTTLEBUTT).identity(identity).build();
  }

  private static String dial(IdentityKeyPair identity, MultiserverAddress address)
      throws IOException {
    try (SecretHandshake shs = side(identity);
        SecretChannel channel = shs.connect(address)) {
      return new String(channel.inputStream().readAllBytes(), UTF_8);
    } catch (HandshakeException e) {
      return "nothing, because: " + e.getMessage();
    }
  }
}
