'use strict'

// What every peer shares with the program that drives it: events go out as one JSON object per line,
// and the end of standard input means "leave".

// Long enough for the last bytes of a channel to go out, short enough that no test waits for it.
const LEAVE_MILLIS = 500

function emit (event, fields) {
  process.stdout.write(JSON.stringify({ event, ...fields }) + '\n')
}

// The process ends when its sockets are closed, but in any case LEAVE_MILLIS after its input ended.
function leaveAtEndOfInput (stopListening) {
  process.stdin.resume()
  process.stdin.on('end', () => {
    stopListening()
    setTimeout(() => process.exit(0), LEAVE_MILLIS).unref()
  })
}

module.exports = { emit, leaveAtEndOfInput }
