// Where every order is on its way, on a display that is drawn again and again. A status is an object
// with room for whatever any status can have to say.

interface Status {
    kind: string
    minutes: number
    chef: number
    startedAt: number
    endedAt: number
    rating: number
    reason: string
}

const ORDERS = 60
const REFRESHES = 30
let statuses: Status[]
let shown = 0

// lesson: begin
function pending(minutes: number): Status {
    return { kind: "pending", minutes, chef: 0, startedAt: 0, endedAt: 0, rating: 0, reason: "" }
}

function cooking(chef: number, startedAt: number): Status {
    return { kind: "cooking", minutes: 0, chef, startedAt, endedAt: 0, rating: 0, reason: "" }
}

function served(endedAt: number, rating: number): Status {
    return { kind: "served", minutes: 0, chef: 0, startedAt: 0, endedAt, rating, reason: "" }
}

function cancelled(reason: string): Status {
    return { kind: "cancelled", minutes: 0, chef: 0, startedAt: 0, endedAt: 0, rating: 0, reason }
}
// lesson: end

function receive(): void {
    statuses = new Array<Status>(ORDERS)
    for (let i = 0; i < ORDERS; i++) {
        // lesson: begin
        if (i % 15 === 14) statuses[i] = cancelled("the guest left")
        else if (i % 3 === 0) statuses[i] = pending(10 + i)
        else if (i % 3 === 1) statuses[i] = cooking(i % 4, 72000 + i)
        else statuses[i] = served(72500 + i, i % 6)
        // lesson: end
    }
}

function refresh(): void {
    for (let i = 0; i < ORDERS; i++) {
        // lesson: begin
        const status = statuses[i]
        if (status.kind === "pending") shown += status.minutes
        else if (status.kind === "served") shown += status.rating
        // lesson: end
    }
}

console.log("work begins")
receive()
for (let i = 0; i < REFRESHES; i++) refresh()
console.log("work ends")
console.log(`shown ${shown}`)
console.log(`order 1 cooks since ${statuses[1].startedAt}, order 14: ${statuses[14].reason}`)
