// The same messages in blocks of three sizes, and a map of which of them are out. The first free one of
// its size is found by a search that is built in; when none is left of a size, the next larger serves.

import { freeMap, FREE_START } from "../../../src/free-map"

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
    // lesson: begin
    const blocks = new Array<Buffer>(6)
    for (let i = 0; i < 6; i++) blocks[i] = Buffer.alloc(i < 2 ? 240 : i < 4 ? 500 : 3900)
    const out = freeMap(6)
    // lesson: end
    const waiting = Buffer.alloc(WAITING)
    for (let id = 0; id < MESSAGES; id++) {
        const size = sizeOf(id)
        const slot = (id * 5) % WAITING
        // lesson: begin
        if (waiting[slot] !== 0) out[waiting[slot]] = 0
        const at = out.indexOf(0, FREE_START + (size <= 240 ? 0 : size <= 500 ? 2 : 4))
        out[at] = 1
        const message = blocks[at - FREE_START]
        // lesson: end
        message.fillAt(0, size, id)
        sum += message[0] + message[size - 1]
        sent += size
        // lesson: begin
        waiting[slot] = at
        // lesson: end
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
