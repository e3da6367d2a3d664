// The same messages in blocks that are used again: one of 64 bytes and one of 1,024 serve them all.

import { BlockPool } from "../../../src/block-pool"

const MESSAGES = 50
let sent = 0
let sum = 0

/** Bytes of a message that its checksum covers. */
const HEADER_BYTES = 96

function send(message: Buffer, size: number): void {
    let check = 0
    for (let i = 0; i < HEADER_BYTES; i++) check = (check * 31 + message[i]) & 0xffff
    sent += size
    sum += check
}

function work(): void {
    // lesson: begin
    const pool = new BlockPool(2, [1024])
    // lesson: end
    for (let i = 0; i < MESSAGES; i++) {
        const size = 100 + ((i * 53) % 900)
        // lesson: begin
        const message = pool.allocate(size)
        message.fillAt(0, size, i)
        send(message, size)
        pool.release(message)
        // lesson: end
    }
}

console.log("work begins")
work()
console.log("work ends")
console.log(`${MESSAGES} messages, ${sent} bytes, sum ${sum}`)
