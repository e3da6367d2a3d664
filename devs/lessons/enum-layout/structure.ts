// The same statuses as tagged unions: a byte says which one it is, and the bytes after it are shared by
// all. The rare one that has a text to say keeps it in a side table, so that it makes no other larger.

import {
    packedUnion,
    unionLarge,
    unionPayload,
    unionPush,
    unionPushLarge,
    UNION_START,
    type PackedUnion,
} from "../../../src/packed-union"

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
let statuses: PackedUnion
let reasons: string[]
let shown = 0

// lesson: begin
function addPending(minutes: number): void {
    const payload = unionPush(statuses, PENDING)
    statuses.setAt(payload, "u16", minutes)
}

function add(tag: number, time: number, chefOrRating: number): void {
    const payload = unionPush(statuses, tag)
    statuses.setAt(payload, "u32", time)
    statuses[payload + 4] = chefOrRating
}
// lesson: end

function receive(): void {
    // lesson: begin
    statuses = packedUnion(ORDERS, PAYLOAD_BYTES)
    reasons = new Array<string>(4)
    // lesson: end
    for (let i = 0; i < ORDERS; i++) {
        // lesson: begin
        if (i % 15 === 14) unionPushLarge(statuses, reasons, CANCELLED, "the guest left")
        else if (i % 3 === 0) addPending(10 + i)
        else if (i % 3 === 1) add(COOKING, 72000 + i, i % 4)
        else add(SERVED, 72500 + i, i % 6)
        // lesson: end
    }
}

function refresh(): void {
    for (let status = UNION_START; status < statuses.length; status += STATUS_BYTES) {
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
const startedAt = statuses.getAt(unionPayload(statuses, 1), "u32")
console.log(`order 1 cooks since ${startedAt}, order 14: ${unionLarge(statuses, reasons, 14)}`)
