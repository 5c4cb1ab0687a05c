'use strict'

// What the secret-stack peers share: an app that can be asked who it is, by muxrpc, as one with a database can.

const SecretStack = require('secret-stack')

// The same manifest and answer as of ssb-db and ssb-db2; here anybody may ask.
const whoami = {
  manifest: { whoami: 'sync' },
  permissions: { anonymous: { allow: ['whoami'] } },
  init: (app) => ({ whoami: () => ({ id: app.id }) })
}

function start (options, incoming) {
  const App = SecretStack({ global: { caps: { shs: options.network } } }).use(whoami)
  return App({
    global: {
      keys: options.keys,
      timers: { handshake: options.timeout },
      connections: {
        incoming: { net: incoming },
        outgoing: { net: [{ transform: 'shs' }] }
      }
    }
  })
}

module.exports = { start }
