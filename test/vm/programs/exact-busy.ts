import * as ds from "@devicescript/core"
import "../../../devs/agent/start"
// Everything that lies on a heap in a way of its own.
const thermometer = new ds.Temperature()
const buttons = [new ds.Button(), new ds.Button(), new ds.Button()]

class Shape {
    corners: number[] = []
    constructor(readonly name: string) {}
    area(): number {
        return this.corners.length
    }
}
class Square extends Shape {
    side = 2.5
    override area(): number {
        return this.side * this.side
    }
}

const shapes: Shape[] = []
const dictionary: any = {}
const texts: string[] = []
let counter = 0
let later: () => number = () => 0
const buffers = [Buffer.alloc(40), Buffer.from("text")]

function makeCounter(step: number): () => number {
    let at = 0
    return () => {
        at += step
        return at
    }
}
const counters = [makeCounter(1), makeCounter(7)]

setInterval(async () => {
    counter++
    const shape = counter & 1 ? new Square(`square ${counter}`) : new Shape("plain")
    shape.corners.push(counter, counter * 1.5)
    shapes.push(shape)
    if (shapes.length > 20) shapes.shift()
}, 20)
setInterval(async () => {
    for (const count of counters) count()
    buffers[0][counter % 40] = buffers[1].length
    dictionary[`key ${counter % 15}`] = { at: counter, nested: { value: null as any } }
    later = counter % 3 ? shapes[0].area : makeCounter(counter)
}, 35)
setInterval(async () => {
    texts.push(
        `Größe ${counter}: ` + "x".slice(0, 1) + "äöü€ and a text long enough for a table of jumps",
    )
    if (texts.length > 10) texts.shift()
    try {
        if (counter % 4 === 0) throw new Error(`thrown ${counter}`)
        later()
    } catch (error) {
        dictionary.last = error
    }
}, 50)
thermometer.reading.subscribe(async value => console.log(`never: ${value}`))
setTimeout(async () => {
    buttons[0].down.subscribe(async () => console.log("never"))
}, 100)

async function deep(level: number): Promise<number> {
    const local = [level, level + 1]
    if (level > 0) return (await deep(level - 1)) + local.length
    await ds.sleep(15)
    return 0
}
while (true) {
    const sum = await deep(6)
    if (counter % 20 === 0) console.log(`sum ${sum} at ${counter}`)
    await ds.sleep(11)
}
