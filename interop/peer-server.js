'use strict'

// The reference as a server over TCP. Serves any number of connections, all in the same mode.
//
//   node peer-server.js [--host 127.0.0.1] [--port 0] [--seed HEX] [--network HEX]
//       [--allow any|none|PUBLICKEYHEX] [--mode echo|source|sink] [--bytes N] [--timeout MILLIS]
//       [--half-open]

const net = require('net')
const pull = require('pull-stream')
const toPull = require('stream-to-pull-stream')
const shs = require('secret-handshake')

const { emit, leaveAtEndOfInput } = require('./lib/peer/lines')
const { authorizer, read } = require('./lib/peer/options')
const { transfer } = require('./lib/peer/transfer')

const options = read({
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '0' },
  allow: { type: 'string', default: 'any' },
  mode: { type: 'string', default: 'echo' },
  'half-open': { type: 'boolean', default: false }
})

let connections = 0

function serve (socket) {
  const connection = ++connections
  let refused = null
  const authorize = authorizer(options.allow, (publicKey) => { refused = publicKey })
  const accept = shs.createServer(options.keys, authorize, options.network, options.timeout)
  const duplex = toPull.duplex(socket)
  socket.on('close', () => emit('closed', { connection }))
  pull(duplex.source, accept(opened), duplex.sink)

  function opened (err, channel) {
    if (refused) return emit('refused', { connection, remote: refused.toString('hex'), message: err.message })
    if (err) return emit('error', { connection, phase: 'handshake', message: err.message })
    emit('connected', { connection, remote: channel.remote.toString('hex') })
    transfer(channel, options.mode, options.bytes, (report) => emit('end', { connection, ...report }))
  }
}

const server = net.createServer({ allowHalfOpen: options['half-open'] }, serve)
server.listen(options.port, options.host, () => {
  emit('listening', { port: server.address().port, public: options.keys.publicKey.toString('hex') })
})
leaveAtEndOfInput(() => server.close())
