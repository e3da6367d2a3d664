import { delay } from "@devicescript/core"
import { average, Meter } from "./meter"
import { describe, Note } from "./notes"
import { Ring } from "./ring"

// A small station that measures, keeps the last notes and tells of them: the canaries change it.
const meters = [new Meter("north", 3), new Meter("south", 5), new Meter("east", 7)]
const notes = new Ring<Note>(12)
const table = Buffer.alloc(1100)
const names: string[] = []
let rounds = 0

function keepName(name: string) {
    if (names.indexOf(name) < 0) names.push(name)
}

function fillTable(seed: number) {
    for (let at = 0; at < 40; at++) table[at] = (seed * 31 + at) & 0xff
}

async function step() {
    rounds = rounds + 1
    for (const meter of meters) {
        const value = meter.read(rounds)
        keepName(meter.name)
        notes.push(new Note(meter.name, value))
    }
    fillTable(rounds)
    if (rounds % 20 === 0) console.log(describe(notes.newest(), average(meters)))
}

async function work() {
    while (true) {
        await step()
        await delay(100)
    }
}

await work()
