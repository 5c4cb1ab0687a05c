'use strict'

// Box streams as the reference's writer makes them, each also read back by the reference's reader; and
// streams with empty bodies, which its writer never makes but its reader accepts.

const assert = require('assert')

const pull = require('pull-stream')
const boxes = require('pull-box-stream')
const sodium = require('chloride')

const { pattern } = require('../pattern')
const { sha256, hex, derived } = require('./values')

const BODY_BYTES = 4096
const NONCE_BYTES = 24
const TAG_BYTES = 16
const HEADER_BYTES = TAG_BYTES + 2 + TAG_BYTES

const BOUNDARIES = [1, 2, 15, 16, 17, 255, BODY_BYTES - 1, BODY_BYTES, BODY_BYTES + 1, 2 * BODY_BYTES, 2 * BODY_BYTES + 1, 10000]

const SENT = [
  spec('goodbye alone', []),
  spec('one empty write', [0]),
  ...BOUNDARIES.map((length) => spec(`one write of ${length}`, [length])),
  spec('seven small writes', [1, 2, 3, 5, 8, 13, 21]),
  spec('empty writes between others', [0, 4, 0, 0, 9, 0]),
  spec('writes around the body size', [BODY_BYTES - 1, 1, BODY_BYTES, 1, BODY_BYTES + 1]),
  spec('key of zeros and nonce of zeros', [3], { key: Buffer.alloc(32), nonceEnd: '00'.repeat(NONCE_BYTES) }),
  spec('nonce ends in fe', [1, 2, 3], { nonceEnd: 'fe' }),
  spec('nonce ends in ff', [1, 2, 3], { nonceEnd: 'ff' }),
  spec('nonce ends in fffe', [1, 2, 3], { nonceEnd: 'fffe' }),
  spec('nonce ends in ffff', [1, 2, 3], { nonceEnd: 'ffff' }),
  spec('nonce ends in 00ffffffff', [1, 2, 3], { nonceEnd: '00ffffffff' }),
  spec('nonce of ff but for the last bit', [1, 2, 3], { nonceEnd: 'ff'.repeat(NONCE_BYTES - 1) + 'fe' }),
  spec('nonce of ff', [1, 2, 3], { nonceEnd: 'ff'.repeat(NONCE_BYTES) }),
  spec('goodbye alone with a nonce of ff', [], { nonceEnd: 'ff'.repeat(NONCE_BYTES) })
]

const RECEIVED = [
  spec('empty body alone', [0]),
  spec('empty bodies between others', [5, 0, 0, 7, 0]),
  spec('empty body with a nonce of ff', [0, 3], { nonceEnd: 'ff'.repeat(NONCE_BYTES) })
]

function spec (name, lengths, choice = {}) {
  const nonceEnd = Buffer.from(choice.nonceEnd || '', 'hex')
  const nonceStart = derived(name + ', nonce').subarray(0, NONCE_BYTES - nonceEnd.length)
  return { name, lengths, key: choice.key || derived(name + ', key'), nonce: Buffer.concat([nonceStart, nonceEnd]) }
}

function sent (spec) {
  const chunks = run(boxes.createBoxStream(spec.key, spec.nonce), plaintexts(spec))
  const goodbye = chunks.pop()
  return vector(spec, 'writes', Buffer.concat(chunks), goodbye)
}

function received (spec) {
  const nonce = Buffer.from(spec.nonce)
  const packets = plaintexts(spec).map((body) => packet(spec.key, nonce, body))
  const goodbye = sodium.crypto_secretbox_easy(Buffer.alloc(2 + TAG_BYTES), nonce, spec.key)
  return vector(spec, 'bodies', Buffer.concat(packets), goodbye)
}

function plaintexts (spec) {
  let offset = 0
  return spec.lengths.map((length) => {
    offset += length
    return pattern(offset - length, length)
  })
}

// Made by hand, because the reference's writer drops an empty write. Moves nonce on by two.
function packet (key, nonce, body) {
  const headerNonce = Buffer.from(nonce)
  const boxed = sodium.crypto_secretbox_easy(body, increment(nonce), key)
  const header = Buffer.concat([Buffer.from([body.length >> 8, body.length & 0xff]), boxed.subarray(0, TAG_BYTES)])
  increment(nonce)
  return Buffer.concat([sodium.crypto_secretbox_easy(header, headerNonce, key), boxed.subarray(TAG_BYTES)])
}

function increment (nonce) {
  let i = nonce.length
  do {
    i -= 1
    nonce[i] = (nonce[i] + 1) % 256
  } while (nonce[i] === 0 && i > 0)
  return nonce
}

function vector (spec, lengthsName, wire, goodbye) {
  const plaintext = Buffer.concat(plaintexts(spec))
  assert.strictEqual(goodbye.length, HEADER_BYTES)
  assert(Buffer.concat(run(boxes.createUnboxStream(spec.key, spec.nonce), [wire, goodbye])).equals(plaintext))
  return {
    name: spec.name,
    key: hex(spec.key),
    nonce: hex(spec.nonce),
    [lengthsName]: spec.lengths,
    plaintext_sha256: hex(sha256(plaintext)),
    wire: hex(wire),
    goodbye: hex(goodbye)
  }
}

function run (through, chunks) {
  let result
  pull(pull.values(chunks), through, pull.collect((err, collected) => {
    assert.ifError(err)
    result = collected
  }))
  assert(result, 'the reference works synchronously on a stream that is in memory')
  return result
}

module.exports = () => ({ cases: SENT.map(sent), received: RECEIVED.map(received) })
