// The same messages in blocks of three sizes, made once before anything settles between them. What is
// free of each size is an array used as a stack: push and insert are built in and make no frame, as pop
// would.

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
    const small = [Buffer.alloc(240), Buffer.alloc(240)]
    const medium = [Buffer.alloc(500), Buffer.alloc(500)]
    const large = [Buffer.alloc(3900), Buffer.alloc(3900)]
    // lesson: end
    const waiting = new Array<Buffer>(WAITING)
    for (let id = 0; id < MESSAGES; id++) {
        const size = sizeOf(id)
        const slot = (id * 5) % WAITING
        // lesson: begin
        const answered = waiting[slot]
        if (answered !== undefined)
            if (answered.length === 240) small.push(answered)
            else if (answered.length === 500) medium.push(answered)
            else large.push(answered)
        const free = size <= 240 ? small : size <= 500 ? medium : large
        const message = free[free.length - 1]
        free.insert(free.length - 1, -1)
        // lesson: end
        message.fillAt(0, size, id)
        sum += message[0] + message[size - 1]
        sent += size
        // lesson: begin
        waiting[slot] = message
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
