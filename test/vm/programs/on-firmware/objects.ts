// Every kind of block: maps, prototypes, bound functions, closures, buffers, long text.
import { sleep } from "@devicescript/core"

class Shape {
    constructor(
        public name: string,
        public sides: number,
    ) {}
    describe(): string {
        return `${this.name} has ${this.sides}`
    }
}
class Square extends Shape {
    constructor() {
        super("square", 4)
    }
    override describe(): string {
        return `a ${this.name}`
    }
}

const shapes: Shape[] = [new Shape("triangle", 3), new Square()]
const bound = shapes[1].describe
const data = Buffer.alloc(32)
const long = "äöü naïve text that is longer than fifty characters, so it gets a jump list"
let kept: any

function keep(round: number): void {
    data.setAt(0, "u16", round)
    const parsed: any = JSON.parse(JSON.stringify({ round, list: [1, 2, round], text: long }))
    const text = long.slice(round % 10, 60)
    kept = { text, make: () => `${bound()} ${parsed.list[2]} ${data.getAt(0, "u16")}` }
}

for (let round = 1; ; round++) {
    keep(round)
    console.log(`round ${round}: ${kept.make()} ${kept.text.length}`)
    await sleep(150)
}
