// Ways to grow without end as boards in the field have them, one for each seed of the board: which, how
// fast, how large, how evenly, since when, and what comes and goes beside it, is drawn at the start.
import { suspend } from "@devicescript/core"

function draw(from: number, to: number): number {
    return Math.floor(from + Math.random() * (to - from))
}

const kind = draw(0, 10)
/** What dies within minutes is seen on the desk: these live for an hour and more. */
const slow = kind === 0 || kind === 9 ? 2 : kind === 2 || kind === 3 ? 4 : 10
const period = draw(500, 2000) * slow
const size = draw(8, 200)
/** What comes and goes: texts, buffers, lists, so many a time, by a time of its own. */
const churn = draw(0, 6)
const churnPeriod = draw(100, 3000)
const churnSize = draw(8, 160)
/** What stays for a while: so many objects, of sizes that differ. */
const guests = draw(0, 12)
/** At once, then nothing for as many times. */
const burst = draw(0, 3) === 0 ? draw(5, 60) : 1
/** Of ten times so many are a leak. */
const share = draw(0, 3) === 0 ? draw(4, 10) : 10
/** Nothing grows in the first so many times. */
const late = draw(0, 4) === 0 ? draw(10, 60) : 0
const kept: number[] = []
for (let i = draw(0, 400); i > 0; i--) kept.push(i)

const numbers: number[] = []
const readings: any[] = []
const cache: any = {}
let journal = ""
const pictures: Buffer[] = []
const undo: (() => number)[] = []
let newest: any
const tables: any[] = [[], [], []]
const rooms: any[] = []
let n = 0
let grown = 0
let sum = 0

async function waiter(table: number) {
    await suspend()
    sum += table
}

function note(id: number) {
    const message = "message of " + id
    undo.push(() => message.length)
}

function grow() {
    grown++
    switch (kind) {
        case 0:
            numbers.push(n)
            break
        case 1:
            readings.push({ id: n, at: n * 3, value: n / 2 })
            break
        case 2:
            cache["key " + grown] = n
            break
        case 3:
            journal = journal + "line " + n + "\n"
            break
        case 4:
            pictures.push(Buffer.alloc(draw(8, 2 * size)))
            break
        case 5:
            note(n)
            break
        case 6:
            newest = { before: newest, id: n }
            break
        case 7:
            setInterval(() => {
                sum++
            }, 3600000)
            break
        case 8:
            waiter.start(n)
            break
        case 9:
            tables[grown % 3].push("order " + n)
            break
    }
}

function busy() {
    for (let i = 0; i < churn; i++) {
        sum += ("value " + (n + i)).length
        if (i === 2) sum += Buffer.alloc(draw(4, churnSize)).length
        if (i === 4) sum += [n, i, sum].length
    }
    if (guests > 0) rooms[draw(0, guests)] = Buffer.alloc(draw(4, 2 * churnSize))
}

function step() {
    n++
    if (n <= late || n % burst !== 0 || n % 10 >= share) return
    for (let i = 0; i < burst; i++) grow()
}

console.log("kind " + kind)
setInterval(step, period)
setInterval(busy, churnPeriod)
