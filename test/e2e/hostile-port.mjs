// A serial port that says what is in a file, again and again, as fast as it is heard. In a process of its
// own: who writes to a terminal that nobody reads any more waits for ever.
import { constants, openSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { ReadStream } from "node:tty"

/** More than fits between the two ends: somebody reads. */
const HEARD_BYTES = 20_000
/** Each is a turn of this process's, whatever the other end takes at once. */
const PART_BYTES = 65_536
const { open } = createRequire(import.meta.url)("@lydell/node-pty")

const bytes = readFileSync(process.argv[2])
const { _pty, _master, _slave } = open({ cols: 80, rows: 24, encoding: null })
const held = new ReadStream(openSync(_pty, constants.O_RDWR | constants.O_NOCTTY))
_slave.destroy()
held.setRawMode(true)
console.log(_pty)
_master.on("error", () => undefined).resume()
let said = 0
for (let at = 0; ; at = at + PART_BYTES < bytes.length ? at + PART_BYTES : 0) {
    const part = bytes.subarray(at, at + PART_BYTES)
    await new Promise(done => _master.write(part, done))
    if (said < HEARD_BYTES && said + part.length >= HEARD_BYTES) console.log("heard")
    said += part.length
}
