#!/usr/bin/env node
'use strict'

// The program under test, as the shs1-test suite sees it: the suite starts it 45 times at once, gives it
// hexadecimal arguments and speaks the handshake on its standard input and output. It does nothing
// itself: it connects to 127.0.0.1 at the port in SHS1_PORT, where the implementation under test listens,
// one connection for each case.
//
// To the far end, in this order:
//   1. one line of ASCII, ended by a line feed (0a), its fields separated by one space:
//        client NETWORK SERVER_PUBLIC                  64 and 64 hex digits
//        server NETWORK SERVER_SECRET SERVER_PUBLIC    64, 128 and 64 hex digits
//      SERVER_SECRET is the 32-byte seed followed by the 32-byte public key;
//   2. the bytes of standard input as they come;
//   3. the end of the stream, when standard input ends.
//
// From the far end, frames, each begun by a two-byte big-endian length:
//   0000 to fffe   that many bytes follow, to be written to standard output;
//   ffff           one byte follows, the exit code of this process: the last frame.
//
// An exit code of 69 says that nobody listened and 70 that the far end closed without the last frame.
// Neither can be told from a refusal by the suite, so the far end must count what it refused itself.

const net = require('net')

const NO_FAR_END = 69
const FAR_END_BROKE = 70
const LENGTH_BYTES = 2
const LAST_FRAME = 0xffff

function request (args) {
  const role = args.length === 2 ? 'client' : 'server'
  return [role, ...args].join(' ') + '\n'
}

// Takes one whole frame off the front of the bytes and returns the rest, or null if there is none yet.
function takeFrame (bytes) {
  if (bytes.length < LENGTH_BYTES) return null
  const announced = bytes.readUInt16BE(0)
  const end = LENGTH_BYTES + (announced === LAST_FRAME ? 1 : announced)
  if (bytes.length < end) return null
  const content = bytes.subarray(LENGTH_BYTES, end)
  if (announced === LAST_FRAME) leave(content[0])
  else process.stdout.write(content)
  return bytes.subarray(end)
}

// Leaves once all output has gone out. What the far end does to its socket no longer matters then.
function leave (code) {
  socket.destroy()
  process.stdout.write('', () => process.exit(code))
}

function fail (code, message) {
  process.stderr.write('shs1-forwarder: ' + message + '\n')
  process.exit(code)
}

let pending = Buffer.alloc(0)
let connected = false

// A half-open socket, so that the end of standard input closes one direction and not the other.
const socket = net.connect({ host: '127.0.0.1', port: Number(process.env.SHS1_PORT), allowHalfOpen: true })
socket.on('connect', () => {
  connected = true
  socket.write(request(process.argv.slice(2)))
  process.stdin.pipe(socket)
})
socket.on('data', (data) => {
  pending = Buffer.concat([pending, data])
  for (let rest = takeFrame(pending); rest; rest = takeFrame(pending)) pending = rest
})
socket.on('end', () => fail(FAR_END_BROKE, 'the far end closed without an exit code'))
socket.on('error', (err) => fail(connected ? FAR_END_BROKE : NO_FAR_END, err.message))
