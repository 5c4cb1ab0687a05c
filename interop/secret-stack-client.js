'use strict'

// A client of secret-stack: asks a server who it is, or whatever else.
//
//   node secret-stack-client.js --address ADDRESS [--method whoami] [--seed HEX] [--network HEX] [--timeout MILLIS]

const { emit, leaveAtEndOfInput } = require('./lib/peer/lines')
const { read } = require('./lib/peer/options')
const stack = require('./lib/peer/stack')

const options = read({
  address: { type: 'string' },
  method: { type: 'string', default: 'whoami' },
  mode: { type: 'string', default: 'echo' }
})

const app = stack.start(options, [])
app.connect(options.address, (err, rpc) => {
  if (err) return emit('error', { phase: 'connect', message: err.message })
  emit('connected', { remote: rpc.id })
  rpc.on('closed', () => emit('closed', {}))
  rpc[options.method]((err, answer) => {
    if (err) emit('error', { phase: 'request', message: err.message })
    else emit('answer', { id: answer.id })
    rpc.close()
  })
})
leaveAtEndOfInput(() => app.close())
