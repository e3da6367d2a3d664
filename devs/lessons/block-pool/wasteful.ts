// Messages of several sizes wait for their answers, a few at a time; some answers are kept. Every
// message gets a new buffer of its own size, so what is kept settles in the holes that large ones leave,
// and the next large one fits in none of them.

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
    const waiting = new Array<Buffer>(WAITING)
    for (let id = 0; id < MESSAGES; id++) {
        const size = sizeOf(id)
        const slot = (id * 5) % WAITING
        // lesson: begin
        const message = Buffer.alloc(size)
        // lesson: end
        message.fillAt(0, size, id)
        sum += message[0] + message[size - 1]
        sent += size
        // lesson: begin
        waiting[slot] = message // the one that was here has been answered
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
