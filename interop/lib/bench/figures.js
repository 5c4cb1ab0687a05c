'use strict'

// Figures for a program that reads them: one JSON object per line, with all samples and their unit; and,
// first of all, a line about what is measured.

const NATIVE = /sodium-native.*\.node$/

function emitAbout () {
  const { version } = require('secret-handshake/package.json')
  const crypto = Object.keys(require.cache).some((file) => NATIVE.test(file)) ? 'native libsodium' : 'JavaScript crypto'
  print({ about: `secret-handshake ${version} on Node ${process.version} with ${crypto}` })
}

function emit (figure, unit, samples) {
  print({ figure, unit, samples })
}

function print (line) {
  process.stdout.write(JSON.stringify(line) + '\n')
}

module.exports = { emit, emitAbout }
