'use strict'

// What the reference moves between two Node processes over loopback TCP: bytes one way through its box
// stream, and 16-byte messages there and back, one at a time. Starts the other process itself. Prints one
// JSON object per figure, with a sample per round, after three to warm up.
//
//   node throughput.js [--rounds 9]
//
// TCP waits for nothing here (TCP_NODELAY): the reference writes header and body apart, and without that
// each message would wait for the acknowledgement of its own header.

const { fork } = require('child_process')
const net = require('net')
const path = require('path')
const { parseArgs } = require('util')
const { performance } = require('perf_hooks')
const pull = require('pull-stream')
const toPull = require('stream-to-pull-stream')
const shs = require('secret-handshake')
const sodium = require('chloride')

const { emit } = require('./lib/bench/figures')

const ROUND_BYTES = 32 * 1024 * 1024
const WRITE_BYTES = 64 * 1024
const EXCHANGES = 2000
const MESSAGE_BYTES = 16
const WARM_UP_ROUNDS = 3

const rounds = Number(parseArgs({ options: { rounds: { type: 'string', default: '9' } } }).values.rounds)
const networkKey = Buffer.alloc(32, 1)
const clientKeys = sodium.crypto_sign_seed_keypair(Buffer.alloc(32, 2))
const serverKey = sodium.crypto_sign_seed_keypair(Buffer.alloc(32, 3)).publicKey
const dial = shs.createClient(clientKeys, networkKey)

// An open channel, of which a round sets next(), the write that the sink asks for or null while there is none,
// and onData(data), which gets what comes back.
function connect (port) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.setNoDelay(true)
      const duplex = toPull.duplex(socket)
      pull(duplex.source, dial(serverKey, opened), duplex.sink)
    })
    socket.on('error', reject)

    function opened (err, channel) {
      if (err) return reject(err)
      const link = { socket, next: null, onData: null, waiting: null }
      pull((abort, cb) => {
        const write = !abort && link.next && link.next()
        if (abort || write) cb(abort, write)
        else link.waiting = cb
      }, channel.sink)
      pull(channel.source, pull.drain((data) => link.onData(data), (err) => err && reject(err)))
      resolve(link)
    }
  })
}

// Lets the sink, which waits, ask for a write again.
function wake (link) {
  const cb = link.waiting
  const write = cb && link.next()
  if (!write) return
  link.waiting = null
  cb(null, write)
}

// One round: all writes as fast as they are taken, until the far end has said that it has all of them.
function moveOneWay (link) {
  const data = Buffer.alloc(WRITE_BYTES, 6)
  return new Promise((resolve) => {
    let left = ROUND_BYTES / WRITE_BYTES
    const start = performance.now()
    link.next = () => left-- > 0 ? data : null
    link.onData = () => resolve(ROUND_BYTES / 1e3 / (performance.now() - start))
    wake(link)
  })
}

// One round: the mean time from a message to its return.
function exchange (link) {
  const message = Buffer.alloc(MESSAGE_BYTES, 7)
  return new Promise((resolve) => {
    let left = EXCHANGES
    let ready = true
    const start = performance.now()
    link.next = () => {
      const write = ready ? message : null
      ready = false
      return write
    }
    link.onData = () => {
      if (--left === 0) return resolve(1e3 * (performance.now() - start) / EXCHANGES)
      ready = true
      wake(link)
    }
    wake(link)
  })
}

async function measure (mode, round) {
  const farEnd = fork(path.join(__dirname, 'lib', 'bench', 'far-end.js'), [mode, String(ROUND_BYTES)])
  try {
    const { port } = await new Promise((resolve) => farEnd.once('message', resolve))
    const link = await connect(port)
    const samples = []
    for (let i = 0; i < WARM_UP_ROUNDS + rounds; i++) samples.push(await round(link))
    link.socket.destroy()
    return samples.slice(WARM_UP_ROUNDS)
  } finally {
    farEnd.disconnect()
  }
}

async function main () {
  emit('one way', 'MB/s', await measure('count', moveOneWay))
  emit('latency 16', 'µs', await measure('echo', exchange))
  process.exit(0)
}

main().catch((err) => {
  console.error(err)
  process.exit(1)
})
