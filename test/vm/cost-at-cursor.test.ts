import { expect, test } from "vitest"
import { costAt } from "../../host/compiler/cost/cost-at"
import { readSource } from "../../host/compiler/cost/source"
import { loadCompiler } from "../../host/compiler/node/load-compiler"
import { makerOf } from "./maker"

const typescript = loadCompiler().compiler.typescript

const CLASSES = `
class Point {
    x = 0
    y = 0
}
class Named {
    kind = "order"
    constructor(readonly id: number, private tags: number[]) {
    }
    say(): string {
        return this.kind
    }
}
class Station extends Point {
    orders: number[] = []
    last: any
    readonly inner = new Point()
    a = 1
    b = 2
    c = 3
    d = 4
    constructor() {
        super()
        this.last = { at: 1 }
    }
}
class Many {
    a = 1
    b = [1, 2, 3, 4, 5, 6]
    c = { x: [1], y: { z: true } }
    d = Buffer.alloc(13)
    e = hex\`01 02 03\`
    f = "text"
}
// A class itself takes some at its first instance, once.
kept = [new Point(), new Named(1, []), new Station(), new Many()]
`
/** Each with where the cursor is in it. */
const THINGS: readonly (readonly [string, number])[] = [
    ["{}", 0],
    ["{ a: 1 }", 0],
    ["{ a: 1, b: 2, c: 3, d: 4, e: 5 }", 0],
    ["{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9 }", 0],
    ["{ a: { b: { c: [] } }, d: -1, e: null, f: undefined }", 0],
    ["[]", 0],
    ["[1]", 0],
    ["[1, 2, 3, 4, 5]", 0],
    ["[[1], [2], { a: 3 }]", 0],
    ['["red", "green"]', 0],
    ["[7 * 6, 1 > 2]", 0],
    ["[Buffer.alloc(12), Buffer.alloc(0)]", 0],
    ["[new Point(), new Point()]", 0],
    ["new Point()", 4],
    ["new Named(1, [1, 2])", 4],
    ["new Station()", 4],
    ["new Many()", 4],
    ['"text"', 1],
    ["hex`0102`", 5],
    ["12345.5", 1],
]

test("what a literal or a class is said to take is what the VM's heap has, to the byte", async () => {
    const take = await makerOf(
        THINGS.map(([text]) => text),
        CLASSES,
    )
    const said: Record<string, number> = {}
    const found: Record<string, number> = {}
    for (const [i, [text, at]] of THINGS.entries()) {
        const written = `${CLASSES}const it: any = `
        const cost = costAt(
            typescript,
            readSource(typescript, `${written}${text}`),
            written.length + at,
        )
        expect(cost?.heap.besides, text).toEqual([])
        // What a constructor is given is its caller's.
        const given = text.startsWith("new Named") ? 16 + 20 : 0
        said[text] = cost!.heap.heapBytes + given
        found[text] = take(i)
    }
    expect(said).toEqual(found)
})
