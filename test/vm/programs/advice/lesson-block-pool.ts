// The lesson "block-pool" as it is advised: with the class, which counts and checks, where the lesson goes on
// to a form without it.

import { BlockPool } from "../../../../src/block-pool"

const MESSAGES = 45
const WAITING = 6
let answers: Buffer[]
let sent = 0
let sum = 0

/** Three kinds of messages, and each is a little longer than the last of its kind. */
function sizeOf(id: number): number {
    return (id % 3 === 0 ? 40 : id % 3 === 1 ? 300 : 3700) + (id % 200)
}

function work(): void {
    const pool = new BlockPool(WAITING, [240, 500, 3900])
    const waiting = new Array<Buffer>(WAITING)
    for (let id = 0; id < MESSAGES; id++) {
        const size = sizeOf(id)
        const slot = (id * 5) % WAITING
        const answered = waiting[slot]
        if (answered !== undefined) pool.release(answered)
        const message = pool.allocate(size)
        message.fillAt(0, size, id)
        sum += message[0] + message[size - 1]
        sent += size
        waiting[slot] = message
        if (id % 3 === 1) answers.push(Buffer.alloc(size + 16))
    }
}

console.log("work begins")
answers = []
work()
console.log("work ends")
let kept = 0
for (const answer of answers) kept += answer.length
console.log(`${MESSAGES} messages, ${sent} bytes, sum ${sum}, answers ${kept}`)
