package org.secrethandshake.site.samples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;

/** Lets in whom the table {@code clients} holds; the authorization is the account's name. */
final class DatabaseAuthorizer implements Authorizer {
  private static final String QUERY = "SELECT account FROM clients WHERE public_key = ?";
  private static final int QUERY_SECONDS = 2;

  private final DataSource database;

  DatabaseAuthorizer(DataSource database) {
    this.database = database;
  }

  @Override
  public Optional<String> authorize(IdentityKey client) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setQueryTimeout(QUERY_SECONDS);
      query.setBytes(1, client.bytes());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString("account")) : Optional.empty();
      }
    }
  }
}
