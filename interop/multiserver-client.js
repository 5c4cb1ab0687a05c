'use strict'

// The reference as a client through multiserver: dials one address, as multiserver parses it.
//
//   node multiserver-client.js --address ADDRESS [--seed HEX] [--network HEX]
//       [--mode echo|source|sink] [--bytes N] [--timeout MILLIS]

const multiserver = require('multiserver')
const netPlugin = require('multiserver/plugins/net')
const shsPlugin = require('multiserver/plugins/shs')

const { emit, leaveAtEndOfInput } = require('./lib/peer/lines')
const { authorizer, read } = require('./lib/peer/options')
const { transfer } = require('./lib/peer/transfer')

const options = read({
  address: { type: 'string' },
  mode: { type: 'string', default: 'source' }
})

const dialer = multiserver([[
  netPlugin({ scope: 'device' }),
  shsPlugin({
    keys: options.keys,
    appKey: options.network,
    auth: authorizer('none', () => {}),
    timeout: options.timeout
  })
]])

dialer.client(options.address, (err, channel) => {
  // Only an error of the handshake carries an address.
  if (err) return emit('error', { phase: err.address ? 'handshake' : 'connect', message: err.message })
  emit('connected', { remote: channel.remote.toString('hex'), address: channel.address })
  transfer(channel, options.mode, options.bytes, (report) => emit('end', report))
})
leaveAtEndOfInput(() => {})
