'use strict'

const net = require('net')

// multiserver takes port 0 for "choose a random number", which may be in use: the system knows better.
function freePort (host, cb) {
  const probe = net.createServer()
  probe.listen(0, host, () => {
    const { port } = probe.address()
    probe.close(() => cb(port))
  })
}

module.exports = { freePort }
