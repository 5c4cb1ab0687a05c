'use strict'

// Writes the known answers of vectors/: whole handshakes and box streams as the JavaScript reference
// makes them from fixed keys and fixed randomness. Two runs write the same files.

const fs = require('fs')
const path = require('path')

const { FORMULA } = require('./lib/pattern')
const boxstream = require('./lib/vectors/boxstream')
const handshake = require('./lib/vectors/handshake')

function source (...packages) {
  const versions = packages.map((name) => [name, require(name + '/package.json').version])
  return { script: 'interop/generate-vectors.js', packages: Object.fromEntries(versions) }
}

function write (file, content) {
  fs.writeFileSync(path.join(__dirname, 'vectors', file), JSON.stringify(content, null, 2) + '\n')
  console.log(`vectors/${file}: ${content.cases.length} cases`)
}

write('handshake.json', {
  source: source('secret-handshake', 'pull-box-stream', 'chloride'),
  cases: handshake()
})
write('boxstream.json', {
  source: source('pull-box-stream', 'chloride'),
  plaintext: FORMULA,
  ...boxstream()
})
