'use strict'

// Two figures of the reference, to set beside ours when both are taken in one session on one machine:
// handshakes per second, both sides in this process and no socket between them; and box stream
// throughput, each byte sealed and opened. The best of several rounds, after one to warm up.
//
//   node bench.js [--rounds 9] [--json]
//
// With --json all rounds are printed, one JSON object per figure, for a program that reads them.

const { parseArgs } = require('util')
const { performance } = require('perf_hooks')
const pull = require('pull-stream')
const boxes = require('pull-box-stream')
const shs = require('secret-handshake')
const sodium = require('chloride')

const { emit, emitAbout } = require('./lib/bench/figures')

const HANDSHAKES = 400
const PACKETS = 8192
const BODY_BYTES = 4096

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, json: { type: 'boolean', default: false } }
})
const rounds = Number(values.rounds)
const networkKey = Buffer.alloc(32, 1)
const clientKeys = sodium.crypto_sign_seed_keypair(Buffer.alloc(32, 2))
const serverKeys = sodium.crypto_sign_seed_keypair(Buffer.alloc(32, 3))
const dial = shs.createClient(clientKeys, networkKey)
const accept = shs.createServer(serverKeys, (publicKey, cb) => cb(null, true), networkKey)

function handshakes () {
  for (let i = 0; i < HANDSHAKES; i++) handshake()
}

function handshake () {
  let open = 0
  const opened = (err) => {
    if (err) throw err
    open += 1
  }
  const client = dial(serverKeys.publicKey, opened)
  pull(client, accept(opened), client)
  if (open !== 2) throw new Error('the handshake did not end at once')
}

function transfer () {
  const key = Buffer.alloc(32, 4)
  const nonce = Buffer.alloc(24, 5)
  const body = Buffer.alloc(BODY_BYTES, 6)
  let sent = 0
  let received = 0
  pull(
    (abort, cb) => abort || sent++ === PACKETS ? cb(abort || true) : cb(null, body),
    boxes.createBoxStream(key, nonce),
    boxes.createUnboxStream(key, nonce),
    pull.drain((data) => { received += data.length })
  )
  if (received !== PACKETS * BODY_BYTES) throw new Error('the stream did not end at once')
}

// The seconds of each round.
function time (task) {
  task()
  const seconds = []
  for (let i = 0; i < rounds; i++) {
    const start = performance.now()
    task()
    seconds.push((performance.now() - start) / 1000)
  }
  return seconds
}

function print (perSecond, megabytesPerSecond) {
  const best = Math.max(...perSecond)
  console.log(`handshake: ${(1e6 / best).toFixed(0)} us, ${best.toFixed(0)} per second, both sides`)
  const fastest = Math.max(...megabytesPerSecond).toFixed(0)
  console.log(`box stream: ${fastest} MB/s, sealed and opened, bodies of ${BODY_BYTES} bytes`)
}

const perSecond = time(handshakes).map((seconds) => HANDSHAKES / seconds)
const megabytesPerSecond = time(transfer).map((seconds) => PACKETS * BODY_BYTES / 1e6 / seconds)

if (values.json) {
  emitAbout()
  emit('handshake', 'handshakes/s', perSecond)
  emit(`packet ${BODY_BYTES}`, 'MB/s', megabytesPerSecond)
} else {
  print(perSecond, megabytesPerSecond)
}
