// The same statuses as tagged unions: a byte says which one it is, and the bytes after it are shared by
// all. The rare one that has a text to say keeps it in a side list, so that it makes no other larger.

// lesson: begin
const PENDING = 0 // minutes: u16
const COOKING = 1 // started: u32, chef: u8
const SERVED = 2 // ended: u32, rating: u8
const CANCELLED = 3 // a text

const PAYLOAD_BYTES = 5
const STATUS_BYTES = 1 + PAYLOAD_BYTES
// lesson: end

const ORDERS = 60
const REFRESHES = 30
let statuses: Buffer
let reasons: string[]
let shown = 0

function receive(): void {
    // lesson: begin
    statuses = Buffer.alloc(ORDERS * STATUS_BYTES)
    reasons = []
    // lesson: end
    for (let i = 0; i < ORDERS; i++) {
        // lesson: begin
        const status = i * STATUS_BYTES
        if (i % 15 === 14) {
            statuses[status] = CANCELLED
            statuses[status + 1] = reasons.length
            reasons.push("the guest left")
        } else if (i % 3 === 0) {
            statuses[status] = PENDING
            statuses.setAt(status + 1, "u16", 10 + i)
        } else if (i % 3 === 1) {
            statuses[status] = COOKING
            statuses.setAt(status + 1, "u32", 72000 + i)
            statuses[status + 5] = i % 4
        } else {
            statuses[status] = SERVED
            statuses.setAt(status + 1, "u32", 72500 + i)
            statuses[status + 5] = i % 6
        }
        // lesson: end
    }
}

function refresh(): void {
    for (let status = 0; status < ORDERS * STATUS_BYTES; status += STATUS_BYTES) {
        // lesson: begin
        const kind = statuses[status]
        if (kind === PENDING) shown += statuses.getAt(status + 1, "u16")
        else if (kind === SERVED) shown += statuses[status + 5]
        // lesson: end
    }
}

console.log("work begins")
receive()
for (let i = 0; i < REFRESHES; i++) refresh()
console.log("work ends")
console.log(`shown ${shown}`)
const startedAt = statuses.getAt(1 * STATUS_BYTES + 1, "u32")
const reason = reasons[statuses[14 * STATUS_BYTES + 1]]
console.log(`order 1 cooks since ${startedAt}, order 14: ${reason}`)
