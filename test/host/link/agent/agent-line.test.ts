import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { MemoryEvent, SampleEvent } from "../../../../host/model/events"
import { AgentEvents } from "../../../../host/link/agent/agent-events"
import { parseAgentLine, type AgentReport } from "../../../../host/link/agent/agent-line"
import { HeapEstimator } from "../../../../host/link/agent/estimate"
import { countOf } from "../../../vm/share"
import { anyCharacter } from "../../../any-character"

/** A line as the agent of `devs/agent/agent.ts` wrote it on the VM. */
const REAL =
    "hs1 seq=2 ms=2010 orders=7/12/7/0 second.queue=2/2/2/5 probe=132                           *ac63: buffer:0x3BA70"

/** A line of the agent with its sum and the address that the VM adds. */
function summed(body: string, address = 0x3ba70): string {
    let first = 0
    let second = 0
    for (const char of body) {
        first = (first + char.charCodeAt(0)) % 255
        second = (second + first) % 255
    }
    const sum = ((second << 8) | first).toString(16).padStart(4, "0")
    return `${body}*${sum}: buffer:0x${address.toString(16).toUpperCase()}`
}

test("a line of the agent is read to the last figure", () => {
    expect(parseAgentLine(REAL)).toEqual({
        kind: "report",
        seq: 2,
        uptimeMs: 2010,
        structures: [
            { name: "orders", length: 7, capacity: 12, highWaterMark: 7, refused: 0 },
            { name: "second.queue", length: 2, capacity: 2, highWaterMark: 2, refused: 5 },
        ],
        worth: [],
        probe: { isBase: false, bytes: 132, address: 0x3ba70 },
    })
})

test("so is what structures are worth", () => {
    const report = (structures: string) =>
        parseAgentLine(summed(`hs2 seq=3 ms=3010${structures} probe=36 `)) as AgentReport
    expect(
        report(" dishes=4/8/4/0 dishes:d150/146/2190 prices:h40/30/2 orders:r90/88/0").worth,
    ).toEqual([
        ["dishes", { kind: "dedupe", asked: 150, hits: 146, savedBytes: 2190 }],
        ["prices", { kind: "hit", asked: 40, hits: 30 }],
        ["orders", { kind: "reuse", asked: 90, hits: 88 }],
    ])
    expect(report(" blocks:r9/8/70").worth).toEqual([
        ["blocks", { kind: "reuse", asked: 9, hits: 8, wastedBytes: 70 }],
    ])
    for (const wrong of [" a:x1/1/1", " a:d1/1", " a:d1/1/1/1", " a:d1234567890/1/1"])
        expect(report(wrong)).toEqual({ kind: "damaged" })
})

test("any change to what is summed is noticed", () => {
    const summed = REAL.indexOf("*")
    fc.assert(
        fc.property(fc.nat(summed - 1), fc.integer({ min: 0x20, max: 0x7e }), (at, char) => {
            fc.pre(REAL.charCodeAt(at) !== char)
            const damaged = REAL.slice(0, at) + String.fromCharCode(char) + REAL.slice(at + 1)
            expect(parseAgentLine(damaged)?.kind).not.toBe("report")
        }),
        { numRuns: 2000 },
    )
    for (let length = 4; length < REAL.length - 5; length++)
        expect(parseAgentLine(REAL.slice(0, length))?.kind).toBe("damaged")
})

test("other lines: none makes it throw, none takes it long", () => {
    const piece = fc.constantFrom("hs1 ", "seq=", "1/2/3/4", " a=", "probe=", "*", "0x", "9", " ")
    const like = fc
        .array(fc.oneof(piece, fc.string({ unit: anyCharacter, maxLength: 8 })))
        .map(parts => parts.join(""))
    const began = performance.now()
    fc.assert(
        fc.property(like, text => {
            parseAgentLine(text)
            expect(parseAgentLine(`hs1 ${text}`)?.kind).not.toBe("report")
        }),
        { numRuns: countOf(10_000, 50_000) },
    )
    parseAgentLine("hs1 seq=1 ms=1" + " a=1/1/1/1".repeat(100_000))
    parseAgentLine("hs1 seq=1 ms=1 " + " ".repeat(1_000_000))
    expect(performance.now() - began).toBeLessThan(20_000)
})

test("what was kept of the run before is read, and of nothing else", () => {
    expect(parseAgentLine("hs3 last=7/529/530012/120/20001234/20000a10")).toEqual({
        ...{ kind: "kept", run: 7, seq: 529, uptimeMs: 530_012 },
        probe: { bytes: 120, address: 0x20001234, base: 0x20000a10 },
    })
    expect(parseAgentLine("hs3 died=RangeError: a/b\nc")).toEqual({
        ...{ kind: "died", text: "RangeError: a/b\nc" },
    })
    for (const damaged of ["last=7/529/530012/120/20001234", "last=x", "died=", "seq=1"])
        expect(parseAgentLine(`hs3 ${damaged}`)).toEqual({ kind: "damaged" })
})

test("what was kept tells how far the heap was filled, where that can be", () => {
    const agent = new AgentEvents(65_536)
    const read = (text: string) => agent.add({ atMs: 5, level: "log", text })
    const [event] = read("hs3 last=7/529/530012/120/20009000/20001000")
    expect(event).toMatchObject({ kind: "last-report", atMs: 5, run: 7, uptimeMs: 530_012 })
    const { filledBytes } = event as { filledBytes: number }
    expect(filledBytes).toBeGreaterThan(0x8000)
    expect(filledBytes).toBeLessThan(0x8000 + 1000)
    expect(read("hs3 last=7/529/530012/120/30009000/20001000")).toEqual([
        { kind: "last-report", atMs: 5, run: 7, uptimeMs: 530_012 },
    ])
    expect(read("hs3 died=Error: no")).toEqual([
        { kind: "last-report", atMs: 5, exception: "Error: no" },
    ])
})

test("lines of others are nobody's business, other versions are named", () => {
    expect(parseAgentLine("hello")).toBeUndefined()
    expect(parseAgentLine("hs1")).toBeUndefined()
    expect(parseAgentLine("hs4 anything")).toEqual({ kind: "unknown-version", version: 4 })
})

describe("of a log", () => {
    const BASE = 0x3ba00
    const line = (seq: number, address = 0x3ba70, probe = "probe=120"): string =>
        summed(`hs1 seq=${seq} ms=${seq * 1000} ${probe} `, address)
    const read = (agent: AgentEvents, text: string): MemoryEvent[] =>
        agent.add({ atMs: 5, level: "log", text })

    /** The first reports of a program's run come at once, and the last of them is the first figure. */
    const starts = (agent: AgentEvents, base = BASE): AgentEvents => {
        expect(read(agent, line(0, base, "base=96"))).toEqual([])
        expect(read(agent, line(1, base + 0x70, "probe=0"))).toEqual([])
        expect(read(agent, line(2, base + 0x80, "probe=36"))).toEqual([])
        return agent
    }
    const located = (): AgentEvents => starts(new AgentEvents(65_536))

    test("reports become samples, the rest stays", () => {
        const agent = located()
        expect(read(agent, line(3, BASE + 0x800))).toMatchObject([
            { kind: "sample", atMs: 5, estimate: { errorBytes: expect.any(Number) } },
        ])
        expect(read(agent, "hello")).toEqual([
            { kind: "log", atMs: 5, level: "log", text: "hello" },
        ])
    })

    test("missing reports are counted, doubled ones told once, a restart begins anew", () => {
        const agent = located()
        read(agent, line(3))
        expect(read(agent, line(3))).toEqual([])
        expect(read(agent, line(7))[0]).toMatchObject({ text: "heapscope: 3 reports lost" })
        expect(agent.lost).toBe(3)
        starts(agent, 0x20001000)
        expect(read(agent, line(3, 0x20002000))).toMatchObject([{ kind: "sample" }])
        expect(agent.lost).toBe(3)
    })

    test("what a structure is worth stays with its figures, until the program starts anew", () => {
        const agent = located()
        const structures = (seq: number, text: string) =>
            read(agent, summed(`hs2 seq=${seq} ms=${seq}${text} probe=36 `)).filter(
                ({ kind }) => kind === "structures",
            )
        const dishes = { name: "dishes", length: 4, capacity: 8, highWaterMark: 4, refused: 0 }
        const worth = { kind: "dedupe", asked: 9, hits: 5, savedBytes: 70 }
        // Whose figures nobody has told yet, nobody can show.
        expect(structures(3, " dishes:d8/4/60")).toEqual([])
        expect(structures(4, " dishes:d9/5/70 dishes=4/8/4/0")).toMatchObject([
            { structures: [{ ...dishes, worth }] },
        ])
        expect(structures(5, " dishes=4/8/4/0")).toMatchObject([
            { structures: [{ ...dishes, worth }] },
        ])
        const anew = { kind: "structures", atMs: 5, structures: [dishes] }
        expect(structures(0, " dishes=4/8/4/0")).toEqual([anew])
    })

    test("an address that cannot be on this heap is no sample", () => {
        const agent = located()
        expect(read(agent, line(3, 0x3ba70 + 70_000))).toEqual([])
        expect(read(agent, line(4, 0x3ba72))).toEqual([])
        expect(read(agent, line(5))).toMatchObject([{ kind: "sample" }])
    })

    test("before the first collection a figure is exact, and nothing but how full it is has an error", () => {
        const agent = located()
        const [sample] = read(agent, line(3, BASE + 0x800))
        expect(sample).toMatchObject({ usedBytes: 124 + 280 + 0x800 + 132 })
        const { errorBytes, liveErrorBytes } = (sample as SampleEvent).estimate!
        expect(errorBytes).toBeLessThan(0.03 * 65_536)
        expect(liveErrorBytes).toBeGreaterThan(errorBytes)
    })

    test("an exact reading is what is told from then on, and where the heap ends", () => {
        const agent = located()
        read(agent, line(3, BASE + 9000))
        const exact = {
            start: BASE - 6000,
            capacityBytes: 40_948,
            usedBytes: 19_000,
            liveBytes: 9000,
        }
        agent.anchorAt(exact)
        const [sample] = read(agent, line(4, BASE + 9200)) as SampleEvent[]
        expect(sample!.usedBytes + sample!.freeBytes).toBe(40_948)
        expect(Math.abs(sample!.usedBytes - 19_000)).toBeLessThan(sample!.estimate!.errorBytes)
    })

    test("of a program that has been running, nothing is claimed until its heap is located", () => {
        const agent = new AgentEvents(65_536)
        expect(read(agent, line(5))).toMatchObject([
            { kind: "log", text: expect.stringMatching(/^heapscope: figures follow/) },
        ])
        expect(read(agent, line(6, BASE + 20_000))).toEqual([])
        expect(read(agent, line(16, BASE, "base=96"))[0]).toMatchObject({ kind: "log" })
        const [sample] = read(agent, line(17, BASE + 20_000))
        expect(sample).toMatchObject({ kind: "sample" })
        expect((sample as { usedBytes: number }).usedBytes).toBeGreaterThan(20_000)
    })
})

test("an estimate's figures hold together, whatever the addresses", () => {
    fc.assert(
        fc.property(fc.array(fc.nat(16_380)), fc.constantFrom(0, 36, 120), (words, bytes) => {
            const estimator = new HeapEstimator(65_536)
            const located = { isBase: true, bytes: 96, address: 0x20008000 }
            const nothing = {
                kind: "report" as const,
                seq: 0,
                uptimeMs: 0,
                structures: [],
                worth: [],
            }
            expect(estimator.add({ ...nothing, probe: located }, 0)).toBeUndefined()
            words.forEach((word, seq) => {
                const probe = { isBase: false, bytes, address: 0x20000000 + word * 4 }
                const sample = estimator.add({ ...nothing, seq, probe }, seq)
                if (!sample) return
                expect(sample.usedBytes + sample.freeBytes).toBe(65_524)
                expect(sample.liveBytes).toBeLessThanOrEqual(sample.usedBytes)
                expect(sample.largestFreeBytes).toBeLessThanOrEqual(sample.freeBytes)
                expect(Math.min(sample.largestFreeBytes, sample.liveBytes)).toBeGreaterThanOrEqual(
                    0,
                )
            })
        }),
    )
})
