'use strict'

// What Scuttlebutt's own libraries take texts for. Reads texts, one JSON string per line, and prints for each
// one JSON object: uri, the multiserver address in an ssb: URI (ssb-uri2); invite, an invite as a multiserver
// address, which is what ssb-invite dials (ssb-ref); address, an address of either form (ssb-ref). What a text
// is not is null.
//
//   node ssb-addresses.js < TEXTS

const readline = require('readline')
const ref = require('ssb-ref')
const uris = require('ssb-uri2')

function uri (text) {
  return uris.isAddressSSBURI(text) || uris.isExperimentalSSBURI(text) ? uris.toMultiserverAddress(text) : null
}

function invite (text) {
  const invite = ref.parseInvite(text)
  return invite && invite.invite
}

function address (text) {
  if (!ref.isAddress(text)) return null
  const { host, port, key, seed } = ref.parseAddress(text)
  return `net:${host}:${port}~shs:${key.slice(1, -'.ed25519'.length)}` + (seed ? ':' + seed : '')
}

// Some of them throw at what is malformed.
function orNull (read, text) {
  try {
    return read(text) || null
  } catch (err) {
    return null
  }
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const text = JSON.parse(line)
  console.log(JSON.stringify({
    uri: orNull(uri, text),
    invite: orNull(invite, text),
    address: orNull(address, text)
  }))
})
