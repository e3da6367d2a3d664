import { beforeAll, describe, expect, it } from "vitest"
import type { RunResult } from "../../host/simulator/run"
import type { Program } from "../../host/model/program/program"
import { run } from "../../host/simulator/run"
import { build, printed, vm } from "./harness"

/** Eight small programs are compiled. */
const COMPILING_MS = 120_000
/** What the VM makes when a program first asks a buffer for its length, and the like. */
const RUNTIME_BYTES = 16

/** What the structures may add to a program. Bytes of flash. */
const MORE_BYTECODE = 1000

/** Firmware as its users write it, by hand (`<name>-hand.ts`) and with the structures. */
const PROGRAMS = [{ name: "logger" }, { name: "queue" }, { name: "alarms" }, { name: "bills" }]

interface Measured {
    program: Program
    report: RunResult["report"]
}

const measured = new Map<string, Measured>()

beforeAll(async () => {
    for (const { name } of PROGRAMS)
        for (const entry of [name, `${name}-hand`]) {
            const program = await build(`test/vm/programs/firmware/${entry}.ts`)
            const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }
            const { report } = await run(vm, { program, board, forMs: 60_000 })
            measured.set(entry, { program, report })
        }
}, COMPILING_MS)

describe.each(PROGRAMS)("firmware with the structures: $name", ({ name }) => {
    const both = () => [measured.get(name)!, measured.get(`${name}-hand`)!] as const

    it("does what the same by hand does", () => {
        const [ours, hand] = both()
        expect(printed(ours.report.log).length).toBeGreaterThan(5)
        expect(printed(ours.report.log)).toEqual(printed(hand.report.log))
    })

    it("keeps what the same by hand keeps, and what the runtime makes", () => {
        const [ours, hand] = both()
        expect(ours.report.heap.liveBytes).toBeLessThanOrEqual(
            hand.report.heap.liveBytes + RUNTIME_BYTES,
        )
    })

    it("allocates at most 1.5 times what the same by hand does", () => {
        const [ours, hand] = both()
        expect(ours.report.gc.allocatedBytes / hand.report.gc.allocatedBytes).toBeLessThan(1.5)
    })

    it("is at most 1 kB larger in flash", () => {
        const [ours, hand] = both()
        expect(ours.program.bytecode.length - hand.program.bytecode.length).toBeLessThanOrEqual(
            MORE_BYTECODE,
        )
    })
})
