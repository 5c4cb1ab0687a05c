'use strict'

// Whole handshakes between the reference's own client and server streams, from fixed identities and
// fixed randomness. What is recorded is what crossed between them.

const assert = require('assert')

const pull = require('pull-stream')
const sodium = require('chloride')
const crypto = require('secret-handshake/crypto')
const protocol = require('secret-handshake/protocol')

const { hex, derived } = require('./values')

const SCUTTLEBUTT = Buffer.from('d4a1cb88a66f02f8db635ce26441cc5dac1b08420ceaac230839b755845a9ffb', 'hex')
const HELLO_BYTES = 64
const CLIENT_AUTHENTICATE_BYTES = 112
const SERVER_ACCEPT_BYTES = 80
const GOODBYE_BYTES = 34

const CLIENT = derived('client identity')
const SERVER = derived('server identity')

const SPECS = [
  spec('scuttlebutt network', {}),
  spec('derived network 1', { networkKey: derived('network 1') }),
  spec('derived network 2', { networkKey: derived('network 2'), client: derived('client 2'), server: derived('server 2') }),
  spec('derived network 3', { networkKey: derived('network 3'), client: derived('client 3'), server: derived('server 3') }),
  spec('network key of zeros', { networkKey: Buffer.alloc(32) }),
  spec('network key of ff', { networkKey: Buffer.alloc(32, 0xff) }),
  spec('identity seeds of zeros and of ff', { client: Buffer.alloc(32), server: Buffer.alloc(32, 0xff) }),
  spec('roles exchanged', { client: SERVER, server: CLIENT }),
  spec('client dials its own identity', { client: SERVER }),
  spec('anonymous client', { client: derived('one-time identity'), anonymous: true }),
  spec('second handshake of the same identities', {})
]

function spec (name, choice) {
  return { name, networkKey: SCUTTLEBUTT, client: CLIENT, server: SERVER, anonymous: false, ...choice }
}

function run (spec) {
  const clientKeys = sodium.crypto_sign_seed_keypair(spec.client)
  const serverKeys = sodium.crypto_sign_seed_keypair(spec.server)
  const client = { ephemeral: {}, sent: [] }
  const server = { ephemeral: {}, sent: [] }
  const dialing = clientStream(spec, clientKeys, serverKeys, client)
  const accepting = serverStream(spec, clientKeys, serverKeys, server)
  pull(dialing, record(client.sent), accepting, record(server.sent), dialing)

  assertAgreement(clientKeys, serverKeys, client.channel, server.channel)
  return transcript(spec, clientKeys, serverKeys, client, server)
}

function clientStream (spec, clientKeys, serverKeys, client) {
  const shs = reference(derived(spec.name + ', client'), client.ephemeral)
  // An anonymous client has no keys of its own: the reference makes them from the seed it is given.
  const dial = shs.createClient(spec.anonymous ? null : clientKeys, spec.networkKey)
  const seed = spec.anonymous ? spec.client : null
  return dial(serverKeys.publicKey, seed, hangUp(client))
}

function serverStream (spec, clientKeys, serverKeys, server) {
  const shs = reference(derived(spec.name + ', server'), server.ephemeral)
  const authorize = (publicKey, cb) => cb(null, publicKey.equals(clientKeys.publicKey))
  return shs.createServer(serverKeys, authorize, spec.networkKey)(hangUp(server))
}

// The reference with the randomness of one handshake fixed. It draws the seed of an Ed25519 key pair
// and converts that, so the scalar that a vector must record exists only inside its state.
function reference (random, ephemeral) {
  return protocol({
    ...crypto,
    initialize (state) {
      const initialized = crypto.initialize({ ...state, random })
      ephemeral.scalar = hex(initialized.local.kx_sk)
      ephemeral.point = hex(initialized.local.kx_pk)
      return initialized
    }
  })
}

// Says goodbye at once and reads the peer's, so that a transcript ends with an end.
function hangUp (side) {
  return (err, channel) => {
    assert.ifError(err)
    side.channel = channel
    pull(pull.empty(), channel.sink)
    pull(channel.source, pull.onEnd((err) => assert.ifError(err)))
  }
}

function record (chunks) {
  return pull.through((chunk) => chunks.push(Buffer.from(chunk)))
}

function assertAgreement (clientKeys, serverKeys, client, server) {
  assert(client.remote.equals(serverKeys.publicKey))
  assert(server.remote.equals(clientKeys.publicKey))
  assert(client.crypto.encryptKey.equals(server.crypto.decryptKey))
  assert(client.crypto.decryptKey.equals(server.crypto.encryptKey))
  assert(client.crypto.encryptNonce.equals(server.crypto.decryptNonce))
  assert(client.crypto.decryptNonce.equals(server.crypto.encryptNonce))
}

function transcript (spec, clientKeys, serverKeys, client, server) {
  const fromClient = messages(client.sent, CLIENT_AUTHENTICATE_BYTES)
  const fromServer = messages(server.sent, SERVER_ACCEPT_BYTES)
  return {
    name: spec.name,
    anonymous: spec.anonymous,
    network_key: hex(spec.networkKey),
    client_seed: hex(spec.client),
    client_public: hex(clientKeys.publicKey),
    server_seed: hex(spec.server),
    server_public: hex(serverKeys.publicKey),
    client_kx_sk: client.ephemeral.scalar,
    client_kx_pk: client.ephemeral.point,
    server_kx_sk: server.ephemeral.scalar,
    server_kx_pk: server.ephemeral.point,
    client_hello: fromClient.hello,
    server_hello: fromServer.hello,
    client_authenticate: fromClient.proof,
    server_accept: fromServer.proof,
    client_to_server_key: hex(client.channel.crypto.encryptKey),
    client_to_server_nonce: hex(client.channel.crypto.encryptNonce),
    server_to_client_key: hex(client.channel.crypto.decryptKey),
    server_to_client_nonce: hex(client.channel.crypto.decryptNonce),
    client_goodbye: fromClient.goodbye,
    server_goodbye: fromServer.goodbye
  }
}

// What one side wrote: its hello, its proof (message 3 or 4), and the goodbye of an empty stream.
function messages (chunks, proofBytes) {
  const wire = Buffer.concat(chunks)
  const proofEnd = HELLO_BYTES + proofBytes
  assert.strictEqual(wire.length, proofEnd + GOODBYE_BYTES)
  return {
    hello: hex(wire.subarray(0, HELLO_BYTES)),
    proof: hex(wire.subarray(HELLO_BYTES, proofEnd)),
    goodbye: hex(wire.subarray(proofEnd))
  }
}

module.exports = () => SPECS.map(run)
