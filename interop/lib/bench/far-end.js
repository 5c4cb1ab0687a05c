'use strict'

// The far end of throughput.js, in a process of its own: a server of the reference on a free port, which
// it sends to its parent. Each connection does what the parent asked for: 'echo' returns every byte,
// 'count' answers one byte whenever it has received as many bytes as the parent said. Ends with its parent.

const net = require('net')
const pull = require('pull-stream')
const toPull = require('stream-to-pull-stream')
const shs = require('secret-handshake')
const sodium = require('chloride')

const networkKey = Buffer.alloc(32, 1)
const keys = sodium.crypto_sign_seed_keypair(Buffer.alloc(32, 3))
const accept = shs.createServer(keys, (publicKey, cb) => cb(null, true), networkKey)

const [mode, roundBytes] = [process.argv[2], Number(process.argv[3])]

const DONE = Buffer.of(1)
let received = 0

const answers = {
  echo: pull.through(),
  count: pull(
    pull.map((data) => {
      received += data.length
      if (received < roundBytes) return null
      received -= roundBytes
      return DONE
    }),
    pull.filter((answer) => answer !== null)
  )
}

function serve (socket) {
  socket.setNoDelay(true)
  const duplex = toPull.duplex(socket)
  pull(duplex.source, accept(opened), duplex.sink)
}

function opened (err, channel) {
  if (err) throw err
  pull(channel.source, answers[mode], channel.sink)
}

const server = net.createServer(serve)
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
process.on('disconnect', () => process.exit(0))
