// Messages of all sizes are put together, checked, sent and forgotten. Each gets a new buffer of its
// own size.

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
    for (let i = 0; i < MESSAGES; i++) {
        const size = 100 + ((i * 53) % 900)
        // lesson: begin
        const message = Buffer.alloc(size)
        message.fillAt(0, size, i)
        send(message, size)
        // lesson: end
    }
}

console.log("work begins")
work()
console.log("work ends")
console.log(`${MESSAGES} messages, ${sent} bytes, sum ${sum}`)
