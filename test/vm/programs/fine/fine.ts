// Fourteen ways to take more memory for a while and then no more, one for each seed of the board: which,
// how much, how fast and what comes and goes beside it is drawn at the start.
import { millis, sleep } from "@devicescript/core"

function draw(from: number, to: number): number {
    return Math.floor(from + Math.random() * (to - from))
}

const kind = draw(0, 14)
const period = draw(40, 2000)
const bound = draw(10, 250)
const churn = draw(0, 6)
/** Of a daily rhythm, from a minute to an hour. */
const day = draw(60, 3600) * 1000

const numbers: number[] = []
const readings: any[] = []
const seen: any = {}
const tables: any[] = [[], [], [], []]
const pool: any[] = []
let oldest: any = { id: 0 }
let newest = oldest
let chained = 1
let orders: number[][] = []
let journal = ""
let sum = 0
let n = 0
const handlers: ((value: number) => void)[] = []

async function guest(stay: number) {
    await sleep(stay)
    sum += stay
}

function take(): any {
    const free = pool.pop()
    return free ? free : { id: n, at: 0, used: 0 }
}

function step() {
    n++
    for (let i = 0; i < churn; i++) sum += ("value " + (n + i)).length
    switch (kind) {
        case 0:
            numbers.push(n)
            if (numbers.length > 5 * bound) numbers.shift()
            break
        case 1:
            readings[n % bound] = { id: n, at: millis() }
            break
        case 2: {
            const key = "key " + (n % bound)
            if (seen[key] === undefined) seen[key] = n
            break
        }
        case 3:
            orders.push([n, n + 1, n + 2])
            if (orders.length === bound) orders = []
            break
        case 4:
            journal = journal + "line " + n + "\n"
            if (journal.length > 10 * bound) journal = journal.slice(journal.length - 5 * bound)
            break
        case 5:
            setTimeout(
                () => {
                    sum++
                },
                draw(10, 20) * period,
            )
            break
        case 6:
            guest.start(draw(10, 30) * period)
            break
        case 7:
            // It fills by day, up to a bound, and is used up by night.
            if (millis() % day < day / 2) {
                if (readings.length < bound) readings.push({ id: n })
            } else readings.shift()
            break
        case 8: {
            const one = take()
            one.used++
            setTimeout(
                () => {
                    pool.push(one)
                },
                draw(1, 20) * period,
            )
            break
        }
        case 9: {
            const at = draw(0, 4)
            tables[at].push("order " + n)
            if (tables[at].length > bound / 2) tables[at] = []
            break
        }
        case 10: {
            const guestId = "guest " + draw(0, bound)
            if (!seen[guestId]) seen[guestId] = true
            break
        }
        case 11:
            newest.next = { id: n }
            newest = newest.next
            if (++chained > bound) {
                oldest = oldest.next
                chained--
            }
            break
        case 12:
            if (n % 50 === 0) {
                const burst: number[] = []
                for (let i = 0; i < 4 * bound; i++) burst.push(i)
                sum += burst.length
            }
            break
        case 13: {
            // An observable of the official library keeps who unsubscribes: a list of its own does not.
            const heard = n
            handlers.push(value => {
                sum += value + heard
            })
            for (const handler of handlers) handler(n)
            if (handlers.length > 5) handlers.shift()
            break
        }
    }
}

console.log("kind " + kind)
setInterval(step, period)
