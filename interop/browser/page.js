'use strict'

// The reference in a browser page: dials an address of multiserver through ws~shs, sends bytes of the pattern, compares what comes
// back with them, and says so: the digits of how many bytes came back unaltered, before its goodbye.
//
//   page.html?address=ADDRESS&network=HEX&bytes=N

const multiserver = require('multiserver')
const wsPlugin = require('multiserver/plugins/ws')
const shsPlugin = require('multiserver/plugins/shs')
const pull = require('pull-stream')
const sodium = require('chloride')

const { pattern } = require('../lib/pattern')

const options = new URLSearchParams(window.location.search)
const END = null
const expected = pattern(0, Number(options.get('bytes')))

const dialer = multiserver([[
  wsPlugin({}),
  shsPlugin({
    keys: sodium.crypto_sign_seed_keypair(Buffer.alloc(32, 0x11)),
    appKey: Buffer.from(options.get('network'), 'hex'),
    auth: (publicKey, cb) => cb(null, false),
    timeout: 30000
  })
]])

// Sends the pattern, and the verdict once there is one; then it ends.
function sending () {
  const parts = [expected]
  let waiting = null
  function source (abort, cb) {
    if (abort) cb(abort)
    else if (parts.length > 0) cb(parts[0] === END, parts.shift())
    else waiting = cb
  }
  function verdict (text) {
    parts.push(Buffer.from(text), END)
    source(null, waiting)
  }
  return { source, verdict }
}

function talk (channel) {
  const { source, verdict } = sending()
  let returned = Buffer.alloc(0)
  pull(
    channel.source,
    pull.drain((data) => {
      returned = Buffer.concat([returned, data])
      if (returned.length === expected.length) verdict(returned.equals(expected) ? String(returned.length) : 'altered')
    }, () => {})
  )
  pull(source, channel.sink)
}

dialer.client(options.get('address'), (err, channel) => {
  if (err) throw err
  talk(channel)
})
