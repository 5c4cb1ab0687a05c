'use strict'

// A server of secret-stack that can be asked who it is.
//
//   node secret-stack-server.js [--host 127.0.0.1] [--port 0] [--seed HEX] [--network HEX] [--timeout MILLIS]

const { emit, leaveAtEndOfInput } = require('./lib/peer/lines')
const { read } = require('./lib/peer/options')
const { freePort } = require('./lib/peer/ports')
const stack = require('./lib/peer/stack')

const options = read({
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '0' },
  mode: { type: 'string', default: 'echo' }
})

function listen (port) {
  const app = stack.start(options, [{ scope: 'device', transform: 'shs', host: options.host, port }])
  app.on('multiserver:listening', () => {
    emit('listening', { port, public: options.keys.publicKey.toString('hex'), address: app.getAddress('device') })
  })
  app.on('rpc:connect', (rpc) => {
    emit('connected', { remote: rpc.id })
    rpc.on('closed', () => emit('closed', {}))
  })
  leaveAtEndOfInput(() => app.close())
}

if (options.port) listen(options.port)
else freePort(options.host, listen)
