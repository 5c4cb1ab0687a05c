'use strict'

// The reference as a server through multiserver, with the address that multiserver itself writes.
//
//   node multiserver-server.js [--host 127.0.0.1] [--port 0] [--seed HEX] [--network HEX]
//       [--allow any|none|PUBLICKEYHEX] [--mode echo|source|sink] [--bytes N] [--timeout MILLIS]

const multiserver = require('multiserver')
const netPlugin = require('multiserver/plugins/net')
const shsPlugin = require('multiserver/plugins/shs')

const { emit, leaveAtEndOfInput } = require('./lib/peer/lines')
const { authorizer, read } = require('./lib/peer/options')
const { freePort } = require('./lib/peer/ports')
const { transfer } = require('./lib/peer/transfer')

const options = read({
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '0' },
  allow: { type: 'string', default: 'any' },
  mode: { type: 'string', default: 'echo' }
})

let connections = 0

function listen (port) {
  const server = multiserver([[
    netPlugin({ scope: 'device', host: options.host, port }),
    shsPlugin({
      keys: options.keys,
      appKey: options.network,
      auth: authorizer(options.allow, (publicKey) => emit('refused', { remote: publicKey.toString('hex') })),
      timeout: options.timeout
    })
  ]])
  const close = server.server(serve, failed, (err) => {
    if (err) throw err
    emit('listening', { port, public: options.keys.publicKey.toString('hex'), address: server.stringify('device') })
  })
  leaveAtEndOfInput(close)
}

function serve (channel) {
  const connection = ++connections
  emit('connected', { connection, remote: channel.remote.toString('hex'), address: channel.address })
  transfer(channel, options.mode, options.bytes, (report) => emit('end', { connection, ...report }))
}

function failed (err) {
  emit('error', { phase: 'handshake', message: err.message, address: err.address })
}

if (options.port) listen(options.port)
else freePort(options.host, listen)
