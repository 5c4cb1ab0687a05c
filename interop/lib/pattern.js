'use strict'

// The test plaintext of this folder: cheap to compute anywhere, and different in every packet of a
// stream, so that a packet lost, repeated or out of order changes the bytes and not only the count.
const FORMULA = 'byte i of the stream, counted over all writes, is (7 * i + 11 * floor(i / 256) + 13) mod 256'

// Bytes offset to offset + length - 1 of the pattern.
function pattern (offset, length) {
  const bytes = Buffer.alloc(length)
  for (let k = 0; k < length; k++) {
    const i = offset + k
    bytes[k] = (7 * i + 11 * Math.floor(i / 256) + 13) % 256
  }
  return bytes
}

module.exports = { FORMULA, pattern }
