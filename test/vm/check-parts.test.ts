import { expect, test } from "vitest"
import { CHECK_FIGURES } from "../../host/documents/check/figures"
import { sumOf } from "../../host/analysis/budgets/explain-change"
import { measure } from "../../host/tasks/check/measure"
import { build, vm } from "./harness"

test.each(["devs/station/main.ts", "die-leak", "live-timers"])(
    "what the figures of %s are made of adds up to them, to the byte",
    async name => {
        const program = await build(name)
        const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }
        const { measured, parts } = await measure(vm, { program, board, forMs: 5_000 })
        const { report } = measured
        expect(sumOf(parts["most-live"]!)).toBe(report.heap.highWaterLiveBytes)
        expect(sumOf(parts.allocated!)).toBe(report.gc.allocatedBytes)
        expect(sumOf(parts["largest-free"]!)).toBe(report.heap.largestFreeBytes)
        expect(sumOf(parts.image!)).toBe(report.program.bytecodeBytes)
        expect(sumOf(parts.code!)).toBe(measured.codeBytes)
        expect(sumOf(parts.steady!)).toBe(CHECK_FIGURES.steadyAllocations.read(measured))
        // Each byte has an owner, the file's own header too.
        const [header] = parts.image!.filter(({ what }) => what === "header")
        expect(header!.value).toBe(112)
        // Nothing is left over but what has no line: a table is no negative size.
        expect(Math.min(...parts.image!.map(({ value }) => value))).toBeGreaterThan(0)
        expect(Math.min(...parts["most-live"]!.map(({ value }) => value))).toBeGreaterThan(0)
    },
)
