package org.secrethandshake.acceptance;

import java.util.Properties;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.socket.SecretSocketFactory;

/** What PostgreSQL's driver makes of the name of a class. */
public final class ToBobsDatabase extends SecretSocketFactory {
  public ToBobsDatabase(Properties connection) {
    super(Peers.CLIENT, IdentityKey.parse(connection.getProperty("socketFactoryArg")));
  }
}
