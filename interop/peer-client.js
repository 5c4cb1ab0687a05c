'use strict'

// The reference as a client over TCP: one connection.
//
//   node peer-client.js --port N --server PUBLICKEYHEX [--host 127.0.0.1] [--seed HEX] [--anonymous]
//       [--network HEX] [--mode echo|source|sink] [--bytes N] [--timeout MILLIS] [--half-open]

const net = require('net')
const pull = require('pull-stream')
const toPull = require('stream-to-pull-stream')
const shs = require('secret-handshake')

const { emit, leaveAtEndOfInput } = require('./lib/peer/lines')
const { key, read } = require('./lib/peer/options')
const { transfer } = require('./lib/peer/transfer')

const options = read({
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string' },
  server: { type: 'string' },
  anonymous: { type: 'boolean', default: false },
  mode: { type: 'string', default: 'source' },
  'half-open': { type: 'boolean', default: false }
})

function dial () {
  // The reference's anonymous client has no keys of its own and makes them from the seed.
  const own = options.anonymous ? null : options.keys
  const seed = options.anonymous ? key('seed', options.seed) : null
  const connect = shs.createClient(own, options.network, options.timeout)
  const duplex = toPull.duplex(socket)
  pull(duplex.source, connect(key('server', options.server), seed, opened), duplex.sink)
}

function opened (err, channel) {
  if (err) return emit('error', { phase: 'handshake', message: err.message })
  emit('connected', { remote: channel.remote.toString('hex') })
  transfer(channel, options.mode, options.bytes, (report) => emit('end', report))
}

const socket = net.connect({ port: options.port, host: options.host, allowHalfOpen: options['half-open'] })
const refused = (err) => emit('error', { phase: 'connect', message: err.message })
socket.on('error', refused)
socket.on('connect', () => {
  socket.off('error', refused)
  dial()
})
socket.on('close', () => emit('closed'))
leaveAtEndOfInput(() => {})
