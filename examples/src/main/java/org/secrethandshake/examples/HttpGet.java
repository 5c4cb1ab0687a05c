package org.secrethandshake.examples;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.identity.NetAddress;
import org.secrethandshake.socket.SecretSocketFactory;

/**
 * An HTTP client that knows nothing of Secret Handshake: OkHttp is given the sockets, and its
 * requests reach no other server than the owner of the key.
 */
public final class HttpGet implements AutoCloseable {
  private final NetAddress server;
  private final OkHttpClient http;

  HttpGet(SecretHandshake shs, NetAddress server) {
    this.server = server;
    this.http =
        new OkHttpClient.Builder()
            .socketFactory(new SecretSocketFactory(shs, server.serverKey()))
            .build();
  }

  String get(String path) throws IOException {
    HttpUrl url =
        new HttpUrl.Builder()
            .scheme("http")
            .host(server.host())
            .port(server.port())
            .addPathSegments(path)
            .build();
    try (Response response = http.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.body().string();
    }
  }

  /** Closes the connections that OkHttp keeps for further requests. */
  @Override
  public void close() {
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }

  /** Prints what the server at an address has at a path. */
  public static void main(String[] args) throws Exception {
    NetAddress server = MultiserverAddress.parse(args[0]).alternatives().get(0);
    try (IdentityKeyPair own = IdentityKeyPair.generate(CryptoProviders.onlyInstalled());
        SecretHandshake shs =
            SecretHandshake.builder().network(NetworkKey.SCUTTLEBUTT).identity(own).build();
        HttpGet http = new HttpGet(shs, server)) {
      System.out.print(http.get(args[1]));
    }
  }
}
