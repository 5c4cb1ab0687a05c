'use strict'

const { parseArgs } = require('util')
const sodium = require('chloride')

const { MODES } = require('./transfer')

const SCUTTLEBUTT = 'd4a1cb88a66f02f8db635ce26441cc5dac1b08420ceaac230839b755845a9ffb'
const KEY_BYTES = 32

// Options that every peer has. The seed is that of its own Ed25519 identity.
const COMMON = {
  seed: { type: 'string', default: '11'.repeat(KEY_BYTES) },
  network: { type: 'string', default: SCUTTLEBUTT },
  mode: { type: 'string' },
  bytes: { type: 'string', default: '0' },
  timeout: { type: 'string', default: '5000' }
}

// Reads the command line: the common options and those given here, each "--name value".
function read (own) {
  const { values } = parseArgs({ options: { ...COMMON, ...own } })
  if (!MODES.includes(values.mode)) throw new Error('--mode must be one of ' + MODES.join(', '))
  return {
    ...values,
    keys: sodium.crypto_sign_seed_keypair(key('seed', values.seed)),
    network: key('network', values.network),
    bytes: Number(values.bytes),
    port: Number(values.port),
    timeout: Number(values.timeout)
  }
}

function key (name, text) {
  const bytes = Buffer.from(text || '', 'hex')
  if (bytes.length !== KEY_BYTES) throw new Error(`--${name} must be ${2 * KEY_BYTES} hex digits`)
  return bytes
}

// The reference's authorize function for "any", "none" or one public key in hex.
function authorizer (allowed, onRefused) {
  return (publicKey, cb) => {
    const accepted = allowed === 'any' || publicKey.toString('hex') === allowed
    if (!accepted) onRefused(publicKey)
    cb(null, accepted)
  }
}

module.exports = { read, key, authorizer }
