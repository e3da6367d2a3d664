// Ten ways to grow without end, one for each seed of the board: which, how fast, how large and what
// comes and goes beside it is drawn at the start.
import { suspend } from "@devicescript/core"

function draw(from: number, to: number): number {
    return Math.floor(from + Math.random() * (to - from))
}

const kind = draw(0, 10)
const period = draw(40, 200)
const size = draw(8, 160)
const churn = draw(0, 6)
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
let history: number[] = []
let n = 0
let sum = 0

async function waiter(table: number) {
    await suspend()
    sum += table
}

function note(id: number) {
    const message = "message of " + id
    undo.push(() => message.length)
}

function step() {
    n++
    for (let i = 0; i < churn; i++) sum += ("value " + (n + i)).length
    switch (kind) {
        case 0:
            numbers.push(n)
            break
        case 1:
            readings.push({ id: n, at: n * 3, value: n / 2 })
            break
        case 2:
            cache["key " + n] = n
            break
        case 3:
            journal = journal + "line " + n + "\n"
            break
        case 4:
            pictures.push(Buffer.alloc(size))
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
            tables[n % 3].push("order " + n)
            break
    }
}

console.log("kind " + kind)
setInterval(step, period)
