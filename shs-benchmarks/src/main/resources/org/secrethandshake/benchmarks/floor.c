/*
 * The floor: the work of Secret Handshake done with libsodium alone, without sockets, buffers or anything else that a library
 * adds. What another program takes for the same work, in multiples of this, is what it costs to use that program.
 *
 *     gcc -O2 -o floor floor.c -lsodium && ./floor [ROUNDS]
 *
 * Each line of output is a JSON object: the first one names the library, the others are a figure with the samples of its rounds.
 * "handshake" is one whole handshake, every operation of both sides and nothing kept from one to the next; "packet N" is a
 * packet with a body of N bytes, sealed and then opened. All that is computed is checked; a failed check ends the program.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
  KEY = 32,
  TAG = crypto_secretbox_MACBYTES,
  NONCE = crypto_secretbox_NONCEBYTES,
  SIGNATURE = crypto_sign_BYTES,
  HELLO = crypto_auth_BYTES + KEY,
  PROOF = SIGNATURE + KEY, /* H: the client's signature and key */
  LENGTH = 2,
  HEADER = TAG + LENGTH + TAG,
  MAX_BODY = 4096,
  HANDSHAKES_PER_ROUND = 400,
  PACKETS_PER_ROUND = 10000,
  DEFAULT_ROUNDS = 9
};

typedef unsigned char byte;

/* A long-term Ed25519 identity. */
struct identity {
  byte public[KEY], secret[crypto_sign_SECRETKEYBYTES];
};

/* One direction of the box stream after the handshake. */
struct direction {
  byte key[KEY], nonce[NONCE];
};

/* What one side holds in the course of one handshake. `keys` is K | ab | aB | Ab, which the protocol hashes more of each time. */
struct side {
  byte scalar[KEY], point[KEY], keys[4 * KEY], hash_ab[KEY], box_key[KEY];
  struct direction to_server, to_client;
};

static const byte ZERO_NONCE[NONCE];
static byte network[KEY];
static struct identity alice, bob;

static void require(int condition, const char *claim) {
  if (!condition) {
    fprintf(stderr, "The floor is wrong: %s.\n", claim);
    exit(1);
  }
}

static void hash(byte *digest, const byte *message, size_t length) {
  crypto_hash_sha256(digest, message, length);
}

/* ---- The handshake, message by message ---- */

static void begin(struct side *side) {
  randombytes_buf(side->scalar, KEY);
  crypto_scalarmult_base(side->point, side->scalar);
  memcpy(side->keys, network, KEY);
}

/* Messages 1 and 2: auth_K(point) | point. */
static void write_hello(const struct side *side, byte *hello) {
  crypto_auth(hello, side->point, KEY, network);
  memcpy(hello + crypto_auth_BYTES, side->point, KEY);
}

static const byte *read_hello(const byte *hello) {
  require(crypto_auth_verify(hello, hello + crypto_auth_BYTES, KEY, network) == 0, "a hello has a wrong tag");
  return hello + crypto_auth_BYTES;
}

static void multiply(byte *shared, const byte *scalar, const byte *point) {
  require(crypto_scalarmult(shared, scalar, point) == 0, "a shared secret is zero");
}

static void multiply_by_identity(byte *shared, const byte *scalar, const byte *identity) {
  byte point[KEY];
  require(crypto_sign_ed25519_pk_to_curve25519(point, identity) == 0, "an identity is no valid point");
  multiply(shared, scalar, point);
}

static void multiply_identity(byte *shared, const struct identity *own, const byte *point) {
  byte scalar[KEY];
  crypto_sign_ed25519_sk_to_curve25519(scalar, own->secret);
  multiply(shared, scalar, point);
}

/* The box key of message 3 covers three of the four keys, that of message 4 all. */
static void derive_box_key(struct side *side, int count) { hash(side->box_key, side->keys, count * KEY); }

/* K | B_p | hash(ab), which the client signs. */
static void client_claim(const struct side *side, byte *claim) {
  memcpy(claim, network, KEY);
  memcpy(claim + KEY, bob.public, KEY);
  memcpy(claim + 2 * KEY, side->hash_ab, KEY);
}

/* K | H | hash(ab), which the server signs. */
static void server_claim(const struct side *side, const byte *proof, byte *claim) {
  memcpy(claim, network, KEY);
  memcpy(claim + KEY, proof, PROOF);
  memcpy(claim + KEY + PROOF, side->hash_ab, KEY);
}

static void write_client_authenticate(struct side *client, const byte *server_point, byte *proof, byte *message) {
  byte claim[3 * KEY];
  multiply(client->keys + KEY, client->scalar, server_point);
  multiply_by_identity(client->keys + 2 * KEY, client->scalar, bob.public);
  hash(client->hash_ab, client->keys + KEY, KEY);
  client_claim(client, claim);
  crypto_sign_detached(proof, NULL, claim, sizeof claim, alice.secret);
  memcpy(proof + SIGNATURE, alice.public, KEY);
  derive_box_key(client, 3);
  crypto_secretbox_easy(message, proof, PROOF, ZERO_NONCE, client->box_key);
}

static void read_client_authenticate(struct side *server, const byte *client_point, const byte *message, byte *proof) {
  byte claim[3 * KEY];
  multiply(server->keys + KEY, server->scalar, client_point);
  multiply_identity(server->keys + 2 * KEY, &bob, client_point);
  hash(server->hash_ab, server->keys + KEY, KEY);
  derive_box_key(server, 3);
  require(crypto_secretbox_open_easy(proof, message, TAG + PROOF, ZERO_NONCE, server->box_key) == 0,
          "clientAuthenticate does not open");
  client_claim(server, claim);
  require(crypto_sign_verify_detached(proof, claim, sizeof claim, proof + SIGNATURE) == 0, "the client's signature is wrong");
}

static void write_server_accept(struct side *server, const byte *proof, byte *message) {
  byte claim[KEY + PROOF + KEY], signature[SIGNATURE];
  multiply_by_identity(server->keys + 3 * KEY, server->scalar, proof + SIGNATURE);
  server_claim(server, proof, claim);
  crypto_sign_detached(signature, NULL, claim, sizeof claim, bob.secret);
  derive_box_key(server, 4);
  crypto_secretbox_easy(message, signature, SIGNATURE, ZERO_NONCE, server->box_key);
}

static void read_server_accept(struct side *client, const byte *server_point, const byte *proof, const byte *message) {
  byte claim[KEY + PROOF + KEY], signature[SIGNATURE];
  multiply_identity(client->keys + 3 * KEY, &alice, server_point);
  derive_box_key(client, 4);
  require(crypto_secretbox_open_easy(signature, message, TAG + SIGNATURE, ZERO_NONCE, client->box_key) == 0,
          "serverAccept does not open");
  server_claim(client, proof, claim);
  require(crypto_sign_verify_detached(signature, claim, sizeof claim, bob.public) == 0, "the server's signature is wrong");
}

static void derive_direction(struct direction *direction, const byte *secret, const byte *reader, const byte *reader_hello) {
  byte input[2 * KEY];
  memcpy(input, secret, KEY);
  memcpy(input + KEY, reader, KEY);
  hash(direction->key, input, sizeof input);
  memcpy(direction->nonce, reader_hello, NONCE);
}

/* s = hash(box key of message 4); a direction's key is hash(s | its reader's identity), its nonce the reader's hello's tag. */
static void finish(struct side *side, const byte *client_identity, const byte *client_hello, const byte *server_hello) {
  byte secret[KEY];
  hash(secret, side->box_key, KEY);
  derive_direction(&side->to_server, secret, bob.public, server_hello);
  derive_direction(&side->to_client, secret, client_identity, client_hello);
}

static void handshake(void) {
  struct side client, server;
  byte client_hello[HELLO], server_hello[HELLO], authenticate[TAG + PROOF], accept[TAG + SIGNATURE];
  byte sent_proof[PROOF], proof[PROOF];

  begin(&client);
  write_hello(&client, client_hello);
  const byte *client_point = read_hello(client_hello);
  begin(&server);
  write_hello(&server, server_hello);
  const byte *server_point = read_hello(server_hello);
  write_client_authenticate(&client, server_point, sent_proof, authenticate);
  read_client_authenticate(&server, client_point, authenticate, proof);
  write_server_accept(&server, proof, accept);
  finish(&server, proof + SIGNATURE, client_hello, server_hello);
  read_server_accept(&client, server_point, sent_proof, accept);
  finish(&client, alice.public, client_hello, server_hello);

  require(memcmp(&client.to_server, &server.to_server, sizeof client.to_server) == 0, "the keys to the server differ");
  require(memcmp(&client.to_client, &server.to_client, sizeof client.to_client) == 0, "the keys to the client differ");
  require(memcmp(proof + SIGNATURE, alice.public, KEY) == 0, "the server met another client");
}

/* ---- The box stream ---- */

static struct direction writer, reader;
static byte body[MAX_BODY], opened[MAX_BODY], packet[HEADER + MAX_BODY];

/* Big-endian, with carry: not the order of sodium_increment. */
static void next(byte *nonce) {
  for (int i = NONCE - 1; i >= 0 && ++nonce[i] == 0; i--) {
  }
}

/* The header's plaintext, length | tag of the body, is made where it is then sealed in place. */
static void seal(size_t length) {
  byte header_nonce[NONCE];
  byte *header = packet + TAG;
  memcpy(header_nonce, writer.nonce, NONCE);
  next(writer.nonce);
  crypto_secretbox_detached(packet + HEADER, header + LENGTH, body, length, writer.nonce, writer.key);
  next(writer.nonce);
  header[0] = (byte)(length >> 8);
  header[1] = (byte)length;
  crypto_secretbox_detached(header, packet, header, LENGTH + TAG, header_nonce, writer.key);
}

static size_t open_packet(void) {
  byte *header = packet + TAG;
  require(crypto_secretbox_open_detached(header, header, packet, LENGTH + TAG, reader.nonce, reader.key) == 0,
          "a header does not open");
  next(reader.nonce);
  size_t length = (size_t)header[0] << 8 | header[1];
  require(length <= MAX_BODY, "a header announces too much");
  require(crypto_secretbox_open_detached(opened, packet + HEADER, header + LENGTH, length, reader.nonce, reader.key) == 0,
          "a body does not open");
  next(reader.nonce);
  return length;
}

static void begin_stream(void) {
  randombytes_buf(&writer, sizeof writer);
  reader = writer;
  randombytes_buf(body, sizeof body);
}

/* ---- Rounds ---- */

static double micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e6 * (double)now.tv_sec + 1e-3 * (double)now.tv_nsec;
}

static double round_of_handshakes(void) {
  double start = micros();
  for (int i = 0; i < HANDSHAKES_PER_ROUND; i++) {
    handshake();
  }
  return (micros() - start) / HANDSHAKES_PER_ROUND;
}

static double round_of_packets(size_t length) {
  begin_stream();
  double start = micros();
  for (int i = 0; i < PACKETS_PER_ROUND; i++) {
    seal(length);
    require(open_packet() == length, "a packet changed its length");
  }
  double taken = micros() - start;
  require(memcmp(body, opened, length) == 0, "a packet changed its body");
  return taken / PACKETS_PER_ROUND;
}

int main(int count, char **arguments) {
  static const size_t LENGTHS[] = {64, 256, 1024, MAX_BODY};
  int rounds = count > 1 ? atoi(arguments[1]) : DEFAULT_ROUNDS;
  require(rounds > 0, "the number of rounds must be positive");
  require(sodium_init() >= 0, "libsodium does not start");
  printf("{\"about\":\"libsodium %s\"}\n", sodium_version_string());
  randombytes_buf(network, KEY);
  crypto_sign_keypair(alice.public, alice.secret);
  crypto_sign_keypair(bob.public, bob.secret);
  printf("{\"figure\":\"handshake\",\"unit\":\"µs\",\"samples\":[");
  for (int i = 0; i < rounds; i++) {
    printf("%s%.3f", i ? "," : "", round_of_handshakes());
  }
  for (size_t k = 0; k < sizeof LENGTHS / sizeof *LENGTHS; k++) {
    printf("]}\n{\"figure\":\"packet %zu\",\"unit\":\"µs\",\"samples\":[", LENGTHS[k]);
    for (int i = 0; i < rounds; i++) {
      printf("%s%.3f", i ? "," : "", round_of_packets(LENGTHS[k]));
    }
  }
  printf("]}\n");
  return 0;
}
