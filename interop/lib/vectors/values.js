'use strict'

const { createHash } = require('crypto')

const sha256 = (bytes) => createHash('sha256').update(bytes).digest()
const hex = (bytes) => bytes.toString('hex')

// All randomness of the vectors: anybody can make it again from the label.
const derived = (label) => sha256('secret-handshake vectors: ' + label)

module.exports = { sha256, hex, derived }
