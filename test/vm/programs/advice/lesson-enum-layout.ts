// The lesson "enum-layout" as it is advised: with the class, which counts and checks, where the lesson goes on
// to a form without it.

import { TaggedUnionArray } from "../../../../src/tagged-union"

const PENDING = 0 // minutes: u16
const COOKING = 1 // started: u32, chef: u8
const SERVED = 2 // ended: u32, rating: u8
const CANCELLED = 3 // a text

const PAYLOAD_BYTES = 5
const STATUS_BYTES = 1 + PAYLOAD_BYTES

const ORDERS = 60
const REFRESHES = 30
let statuses: TaggedUnionArray<string>
let shown = 0

function addPending(minutes: number): void {
    const payload = statuses.push(PENDING)
    statuses.buffer.setAt(payload, "u16", minutes)
}

function add(tag: number, time: number, chefOrRating: number): void {
    const payload = statuses.push(tag)
    statuses.buffer.setAt(payload, "u32", time)
    statuses.buffer[payload + 4] = chefOrRating
}

function receive(): void {
    statuses = new TaggedUnionArray(ORDERS, PAYLOAD_BYTES, 4)
    for (let i = 0; i < ORDERS; i++) {
        if (i % 15 === 14) statuses.pushLarge(CANCELLED, "the guest left")
        else if (i % 3 === 0) addPending(10 + i)
        else if (i % 3 === 1) add(COOKING, 72000 + i, i % 4)
        else add(SERVED, 72500 + i, i % 6)
    }
}

function refresh(): void {
    const buffer = statuses.buffer
    for (let status = 0; status < ORDERS * STATUS_BYTES; status += STATUS_BYTES) {
        const kind = buffer[status]
        if (kind === PENDING) shown += buffer.getAt(status + 1, "u16")
        else if (kind === SERVED) shown += buffer[status + 5]
    }
}

console.log("work begins")
receive()
for (let i = 0; i < REFRESHES; i++) refresh()
console.log("work ends")
console.log(`shown ${shown}`)
const startedAt = statuses.buffer.getAt(statuses.payload(1), "u32")
console.log(`order 1 cooks since ${startedAt}, order 14: ${statuses.large(14)}`)
