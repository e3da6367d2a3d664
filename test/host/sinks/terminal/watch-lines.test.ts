import { expect, test } from "vitest"
import type { LinkPhase } from "../../../../host/model/events"
import { WatchLines } from "../../../../host/sinks/terminal/watch-lines"

test("a link that is tried again and again is told of once", () => {
    const lines = new WatchLines(65_524)
    const told = (
        ["connecting", "open", "lost", "connecting", "lost", "connecting", "open"] as const
    )
        .map((phase: LinkPhase, atMs) => ({ kind: "link" as const, atMs, phase, message: phase }))
        .flatMap(event => lines.linesOf(event))
    expect(told.map(line => line.trim())).toEqual([
        "1 ms  [link] open",
        "2 ms  [link] lost",
        "6 ms  [link] open",
    ])
})

test("a structure is told of when it refuses, not in every report after that", () => {
    const lines = new WatchLines(65_524)
    const report = (refused: number) =>
        lines.linesOf({
            kind: "structures",
            atMs: 0,
            structures: [{ name: "orders", length: 1, capacity: 2, highWaterMark: 2, refused }],
        })
    expect(report(0)).toEqual([])
    expect(report(1)).toEqual(["     0 ms  [structures] orders 1/2 most 2 refused 1"])
    expect(report(1)).toEqual([])
    expect(report(2)).toHaveLength(1)
    // The program runs again, and counts anew.
    expect(report(0)).toEqual([])
    expect(report(1)).toHaveLength(1)
})

test("a panic has its name", () => {
    const lines = new WatchLines(65_524)
    expect(lines.linesOf({ kind: "panic", atMs: 7, code: 60_004 })).toEqual([
        "     7 ms  [panic] 60004: out-of-memory",
    ])
})
