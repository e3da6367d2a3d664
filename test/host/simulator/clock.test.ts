import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Clock, microseconds } from "../../../host/simulator/clock"

/** Rings what is due by a moment, as a board that has nothing to do would. */
function runUntil(clock: Clock, us: number): void {
    while (clock.nextUs <= us) {
        clock.advanceTo(clock.nextUs)
        clock.ring("before")
        clock.ring("after")
    }
    clock.advanceTo(us)
}

describe("alarms", () => {
    test("ring in order of time, before and after the board, and as they were set", () => {
        const alarm = fc.record({
            atUs: fc.integer({ min: 0, max: 20 }),
            order: fc.constantFrom("before" as const, "after" as const),
        })
        fc.assert(
            fc.property(fc.array(alarm), alarms => {
                const clock = new Clock()
                const rung: { atUs: number; order: string; number: number }[] = []
                alarms.forEach(({ atUs, order }, number) =>
                    clock.at(
                        atUs,
                        () => void rung.push({ atUs: clock.nowUs, order, number }),
                        order,
                    ),
                )
                runUntil(clock, 100)
                const expected = alarms
                    .map((alarm, number) => ({ ...alarm, number }))
                    .sort(
                        (a, b) =>
                            a.atUs - b.atUs ||
                            Number(a.order === "after") - Number(b.order === "after") ||
                            a.number - b.number,
                    )
                expect(rung).toEqual(expected)
                expect(clock.nextUs).toBe(Infinity)
            }),
        )
    })

    test("that repeat do not drift, and none is left out when time jumps", () => {
        const clock = new Clock()
        const rung: number[] = []
        clock.every(2.5, () => void rung.push(clock.nowUs))
        runUntil(clock, 10)
        expect(rung).toEqual([3, 5, 8, 10])
        clock.advanceTo(100)
        clock.ring("before")
        expect(rung).toHaveLength(40)
        expect(clock.nextUs).toBe(103)
    })

    test("do not ring once cancelled, also from within one that rings", () => {
        const clock = new Clock()
        const rung: string[] = []
        const beat = clock.every(10, () => void rung.push("beat"))
        const late = clock.at(25, () => void rung.push("late"))
        clock.at(25, () => void rung.push("other"))
        clock.at(20, () => {
            beat.cancel()
            late.cancel()
            late.cancel()
        })
        runUntil(clock, 100)
        expect(rung).toEqual(["beat", "beat", "other"])
    })

    test("may set others, which ring at once when they are for now or earlier", () => {
        const clock = new Clock()
        const rung: number[] = []
        clock.at(50, () => {
            clock.at(10, () => void rung.push(clock.nowUs))
            clock.at(60, () => void rung.push(clock.nowUs))
        })
        runUntil(clock, 100)
        expect(rung).toEqual([50, 60])
    })

    test("are refused at no time at all", () => {
        const clock = new Clock()
        expect(() => clock.at(Infinity, () => undefined)).toThrow(RangeError)
        expect(() => clock.at(NaN, () => undefined)).toThrow(RangeError)
        expect(() => clock.every(0.5, () => undefined)).toThrow(RangeError)
    })
})

test("a time in milliseconds is reached by its microseconds", () => {
    fc.assert(
        fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), ms => {
            const us = microseconds(ms)
            expect(Number.isInteger(us)).toBe(true)
            expect(us / 1000).toBeGreaterThanOrEqual(ms)
            expect(us / 1000).toBeLessThan(ms + 0.0021)
        }),
    )
})
