import { describe, expect, test } from "vitest"
import { EventWitness } from "../../../../host/analysis/outcome/event-witness"
import type { Judgement } from "../../../../host/model/judgement"
import type { MemoryEvent } from "../../../../host/model/events"

const about = {
    program: { entry: "src/main.ts" },
    board: { id: "pico", heapBytes: 65_536 },
}
const CAPACITY = 65_524

/** Samples a second apart, live bytes as given. */
function samples(
    count: number,
    liveAt: (second: number) => number,
    estimate?: number,
): MemoryEvent[] {
    return Array.from({ length: count }, (_, second) => {
        const liveBytes = liveAt(second)
        const freeBytes = CAPACITY - liveBytes
        return {
            kind: "sample",
            ...{ atMs: second * 1000, usedBytes: liveBytes, liveBytes, freeBytes },
            ...{ largestFreeBytes: freeBytes, collections: 0, allocations: 0, allocatedBytes: 0 },
            ...(estimate !== undefined && { estimate: { errorBytes: estimate } }),
        }
    })
}

function judged(events: readonly MemoryEvent[], of = about): Judgement {
    const witness = new EventWitness(of)
    for (const event of events) witness.add(event)
    return witness.judgement()
}

describe("of what a board tells alone", () => {
    test("a flat heap is fine", () => {
        expect(judged(samples(120, () => 7000))).toMatchObject({
            kind: "fine",
            headline: "ran 1 m 59 s, live heap flat at 7,000 B of 65.5 kB",
            next: { command: "heapscope check src/main.ts" },
        })
    })

    test("what grows is told as growth, with the most time that is left", () => {
        const { kind, headline, evidence } = judged(samples(240, second => 7000 + second * 50, 900))
        expect(kind).toBe("still-growing")
        expect(headline).toMatch(/grows by (179\.\d|180\.\d) kB an hour/)
        expect(evidence.join("\n")).toMatch(/fills the heap in 15 m/)
        expect(evidence.join("\n")).toMatch(/estimates, used ± 900 B/)
    })

    test("little room is tight", () => {
        expect(judged(samples(120, () => 63_000))).toMatchObject({ kind: "tight" })
    })

    test("a death is told with what it grew by, and how to see what it kept", () => {
        const { headline, evidence, next } = judged([
            ...samples(240, second => 7000 + second * 200),
            { kind: "panic", atMs: 240_000, code: 60_004 },
        ])
        expect(headline).toBe("out of memory after 4 m")
        expect(evidence).toContainEqual(
            expect.stringMatching(/^Until then live data grew by 7(19|20)\.\d kB an hour\.$/),
        )
        expect(next?.command).toMatch(/^heapscope sim src\/main\.ts --board pico .*--leaks$/)
    })

    test("who died and prints again was restarted", () => {
        const again: MemoryEvent[] = [
            { kind: "panic", atMs: 5000, code: 60_004 },
            { kind: "log", atMs: 9000, level: "log", text: "open" },
        ]
        expect(judged([...samples(120, () => 7000), ...again])).toMatchObject({
            kind: "restarted",
            headline: expect.stringContaining("started itself again once") as string,
        })
    })

    test("full structures are told of", () => {
        const full = { name: "stoves", length: 5, capacity: 5, highWaterMark: 5, refused: 12 }
        const { evidence } = judged([
            ...samples(120, () => 7000),
            { kind: "structures", atMs: 120_000, structures: [full] },
        ])
        expect(evidence).toContain("Full at times: stoves refused 12.")
    })

    test("a board that fell silent, or tells no figures, is not called well", () => {
        const lost: MemoryEvent = { kind: "link", atMs: 60_000, phase: "lost", message: "gone" }
        expect(judged([...samples(60, () => 7000), lost])).toMatchObject({ severity: "warning" })
        const line: MemoryEvent = { kind: "log", atMs: 60_000, level: "log", text: "hello" }
        expect(judged([line])).toMatchObject({ kind: "not-exercised", severity: "warning" })
    })

    test("a board whose program is not known is not taken for a program", () => {
        const port = { ...about, program: { entry: "/dev/ttyACM0" } }
        expect(
            judged(
                samples(120, () => 7000),
                port,
            ).next?.command,
        ).toBe("heapscope check src/main.ts")
    })
})

test("what a source says itself is what holds", () => {
    const judgement: Judgement = {
        ...{ kind: "leak", severity: "bad", headline: "orders never stops growing", evidence: [] },
    }
    const told: MemoryEvent = { kind: "judgement", atMs: 120_000, judgement }
    expect(judged([...samples(120, () => 7000), told])).toBe(judgement)
})
