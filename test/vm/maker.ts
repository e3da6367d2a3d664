import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { onTestFinished } from "vitest"
import { buildProgram } from "../../host/compiler/node/build"
import type { MemoryEvent } from "../../host/model/events"
import { SimulatedBoard } from "../../host/simulator/simulated-board"
import { fromRoot, vm } from "./harness"

/** Where a program has the number of what it is to make: in front of bytes that are nowhere else. */
const MARK = [0xde, 0xad, 0xbe, 0xef, 0x5a, 0xa5]
/** The library's own types, which the compiler for the board is to take as well; two are used. */
const WORDS = [
    ...["u8", "u16", "u24", "u32", "i8", "i16", "i24", "i32", "f32", "f64", "bool"],
    ...["bits<5>", "text<8>", "array<u8, 4>"],
]
/**
 * Compiles a program that makes one of many things, and tells of each what of the heap it takes.
 * @param things expressions
 * @param declared what they need besides
 */
export async function makerOf(
    things: readonly string[],
    declared = "",
): Promise<(which: number) => number> {
    mkdirSync(fromRoot("node_modules/.cache"), { recursive: true })
    const folder = mkdtempSync(fromRoot("node_modules/.cache/layout-"))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(join(folder, "package.json"), "{}")
    writeFileSync(join(folder, "devsconfig.json"), "{}")
    const file = join(folder, "main.ts")
    const hex = MARK.map(byte => byte.toString(16)).join("")
    writeFileSync(
        file,
        `import type { ${WORDS.map(word => /\w+/.exec(word)![0]).join(", ")} } from "../../../src/schema"
interface All {
${WORDS.map((word, i) => `    f${i}: ${word}`).join("\n")}
}
function changed(all: All): All {
    all.f2 = all.f0
    all.f0 = all.f0 + 1
    all.f1++
    return all
}
const WHICH = hex\`0000${hex}\`
let kept: any = 0
${declared}
const LONG = "${"x".repeat(100)}"
function made(length: number): string {
    return LONG.slice(0, length)
}
function many(count: number, make: () => any): any[] {
    const all: any[] = []
    for (let i = 0; i < count; i++) all.push(make())
    return all
}
${things.map((thing, i) => `function make${i}(): any {\n    return ${thing}\n}`).join("\n")}
function make(which: number): any {
    switch (which) {
${things.map((_, i) => `        case ${i}: return make${i}()`).join("\n")}
    }
    return 0
}
// The runtime makes a few things when something is used for the first time.
kept = [Buffer.alloc(1), made(2), many(1, () => 0)]
const none: any = {}
kept = changed(none)
kept = 0
console.log("less")
kept = make(WHICH[0] + 256 * WHICH[1])
console.log("more")
`,
    )
    const { bytecode } = await buildProgram(file, { cwd: folder })
    const at = Buffer.from(bytecode).indexOf(Buffer.from(MARK)) - 2
    return which => {
        const program = Uint8Array.from(bytecode)
        program.set([which & 0xff, which >> 8], at)
        const live: Record<string, number> = {}
        const onEvent = (event: MemoryEvent) => {
            if (event.kind === "log" && event.level === "log")
                live[event.text] = board.tracker.liveBytes()
        }
        const board = new SimulatedBoard(vm, { heapBytes: 65_536, seed: 1, onEvent })
        board.load(program)
        board.runUntil(10_000, () => "more" in live)
        return live["more"]! - live["less"]!
    }
}
