package org.secrethandshake.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.identity.NetworkKeyFile;
import org.secrethandshake.identity.SecretFile;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A server that is the same after each start: its identity is kept in a key file of Scuttlebutt's
 * format, and the key of its network in a file beside it. Both are made at the first start.
 *
 * <p>A file that is there and cannot be read is an error, and never replaced: a fresh identity
 * would be somebody else to all clients.
 */
public final class KeysOnDisk {
  private KeysOnDisk() {}

  static IdentityKeyPair identity(Path file, CryptoProvider crypto) throws IOException {
    try {
      return SecretFile.read(file, crypto);
    } catch (NoSuchFileException e) {
      try (IdentityKeyPair fresh = IdentityKeyPair.generate(crypto)) {
        SecretFile.create(file, fresh);
      }
      return SecretFile.read(file, crypto);
    }
  }

  static NetworkKey network(Path file, CryptoProvider crypto) throws IOException {
    try {
      return NetworkKey.parse(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      NetworkKeyFile.create(file, NetworkKey.generate(crypto));
      return NetworkKey.parse(Files.readString(file).strip());
    }
  }

  /**
   * Serves at a port, with the keys in a folder. Dial with: shs connect ADDRESS --network @FILE.
   */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    CryptoProvider crypto = CryptoProviders.onlyInstalled();
    try (IdentityKeyPair own = identity(folder.resolve("secret"), crypto);
        SecretHandshake shs =
            SecretHandshake.builder()
                .network(network(folder.resolve("network"), crypto))
                .identity(own)
                .build();
        SecretServer server =
            SecretServer.builder(shs)
                .authorizer(Authorizer.anyone())
                .handler(channel -> channel.inputStream().transferTo(channel.outputStream()))
                .start(
                    new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])))) {
      int port = server.localAddress().getPort();
      System.out.println(MultiserverAddress.of("127.0.0.1", port, own.publicKey()));
      Thread.currentThread().join();
    }
  }
}
