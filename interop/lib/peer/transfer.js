'use strict'

// What a peer does with a channel once it is open, and the report of it.

const { createHash } = require('crypto')
const pull = require('pull-stream')
const { pattern } = require('../pattern')

// Odd sizes on both sides of a packet's 4096 bytes, so that no write but the fourth fills packets evenly.
const WRITE_SIZES = [1, 4095, 4097, 4096, 17, 8191, 3, 65537, 1000]

const modes = {
  // Sends back what comes; answers the goodbye with a goodbye.
  echo: (channel, counters) =>
    pull(channel.source, counters.received, counters.sent, channel.sink),

  // Sends a number of bytes and then its goodbye, while it reads to the other side's.
  source (channel, counters, bytes) {
    pull(channel.source, counters.received, pull.onEnd(() => {}))
    pull(patternSource(bytes), counters.sent, channel.sink)
  },

  // Sends nothing, and its goodbye only after the other side's.
  sink (channel, counters) {
    const held = hold()
    pull(channel.source, counters.received, pull.onEnd(held.release))
    pull(held.source, counters.sent, channel.sink)
  }
}

// Runs a mode over a channel and calls report once, when both directions have ended.
function transfer (channel, mode, bytes, report) {
  const counters = { received: counter(check), sent: counter(check) }
  function check () {
    if (counters.received.end && counters.sent.end) report(summary(counters.sent, counters.received))
  }
  modes[mode](channel, counters, bytes)
}

function patternSource (bytes) {
  let offset = 0
  let writes = 0
  return (abort, cb) => {
    if (abort || offset === bytes) return cb(abort || true)
    const length = Math.min(WRITE_SIZES[writes++ % WRITE_SIZES.length], bytes - offset)
    offset += length
    cb(null, pattern(offset - length, length))
  }
}

// A source without data that ends when it is released.
function hold () {
  let released = false
  let waiting = null
  return {
    source (abort, cb) {
      if (abort || released) return cb(abort || true)
      waiting = cb
    },
    release () {
      released = true
      if (waiting) waiting(true)
    }
  }
}

// A through stream that counts and hashes what passes, and keeps the way in which it ended: by itself
// (true), by an error, or because the reader gave it up.
function counter (onEnd) {
  const hash = createHash('sha256')
  function count (read) {
    return (abort, cb) => read(abort, (end, data) => {
      if (end) finish(abort ? { aborted: abort } : { own: end })
      else add(data)
      cb(end, data)
    })
  }
  function add (data) {
    count.bytes += data.length
    hash.update(data)
  }
  function finish (end) {
    if (count.end) return
    count.end = end
    count.sha256 = hash.digest('hex')
    onEnd()
  }
  count.bytes = 0
  count.end = null
  return count
}

function summary (sent, received) {
  return {
    sent: sent.bytes,
    sent_sha256: sent.sha256,
    received: received.bytes,
    received_sha256: received.sha256,
    goodbye_sent: sent.end.own === true,
    goodbye_received: received.end.own === true,
    clean: sent.end.own === true && received.end.own === true,
    message: message(received.end) || message(sent.end)
  }
}

function message (end) {
  if (end.own === true) return null
  if (end.own) return end.own.message
  return 'aborted: ' + (end.aborted.message || 'the connection closed')
}

module.exports = { MODES: Object.keys(modes), transfer }
