import { createColors } from "picocolors"
import stringWidth from "string-width"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { MemoryEvent, StructureFigures } from "../../../../host/model/events"
import { MemoryModel } from "../../../../host/model/memory-model"
import type { Judgement } from "../../../../host/model/judgement"
import { helpPages } from "../../../../host/sinks/terminal/watch-help"
import { WatchLines } from "../../../../host/sinks/terminal/watch-lines"
import { renderWatch, type WatchScreen } from "../../../../host/sinks/terminal/watch-terminal"
import { anyEvent } from "../../recording/sample-events"
import { sawtooth } from "./sample-run"

const SCREEN: WatchScreen = {
    program: "devs/station/main.ts",
    source: "simulated",
    board: { id: "pico", chip: "rp2040", capacityBytes: 65_524 },
    isPaused: false,
    helpPage: 0,
    notice: "",
}
const plain = { colors: createColors(false), width: 100 }

const samples: MemoryEvent[] = sawtooth(120, 0).map(sample => ({ kind: "sample", ...sample }))

function modelOf(...events: MemoryEvent[]): MemoryModel {
    const model = new MemoryModel()
    for (const event of events) model.add(event)
    return model
}

function screenOf(model: MemoryModel, screen = SCREEN, rows = 40, style = plain): string {
    return renderWatch(model, screen, rows, style).join("\n")
}

/** What is left when the colours are taken off. */
// oxlint-disable-next-line no-control-regex -- the escape character is the point
const uncolored = (text: string): string => text.replace(/\u001b\[[\d;]*m/g, "")

test("shows what structures are worth", () => {
    const one = { length: 4, capacity: 8, highWaterMark: 4, refused: 0 }
    const structures: StructureFigures[] = [
        {
            ...{ ...one, name: "dishes" },
            worth: { kind: "dedupe", asked: 1500, hits: 1496, savedBytes: 21_940 },
        },
        { ...{ ...one, name: "prices" }, worth: { kind: "hit", asked: 40, hits: 30 } },
        { ...{ ...one, name: "orders" }, worth: { kind: "reuse", asked: 0, hits: 0 } },
    ]
    const shown = screenOf(modelOf(...samples, { kind: "structures", atMs: 11_900, structures }))
    expect(shown).toMatch(/dishes .* most 4, dedupe ratio 99.7 % of 1,500, 21.9 kB saved\n/)
    expect(shown).toMatch(/prices .* most 4, hit rate 75.0 % of 40\n/)
    expect(shown).toMatch(/orders .* most 4, reuse rate of 0\n/)
})

test("shows figures, timeline, structures with their marks, and the end of the log", () => {
    const structures = [
        { name: "orders", length: 6, capacity: 12, highWaterMark: 9, refused: 0 },
        { name: "stoves", length: 5, capacity: 5, highWaterMark: 5, refused: 1234 },
    ]
    const shown = screenOf(
        modelOf(
            ...samples,
            { kind: "structures", atMs: 11_900, structures },
            { kind: "log", atMs: 11_950, level: "warn", text: "guest turned away" },
            { kind: "mark", atMs: 11_960, text: "mark 1" },
        ),
    )
    expect(shown).toContain("devs/station/main.ts  pico (rp2040)  simulated  11.9 s")
    expect(shown).toContain("used 11,508 B 17.6 %   live 3,108 B 4.7 %")
    expect(shown).toMatch(/orders {2}━{19,20}·+┃·+ {2}6\/12 {2}most 9\n/)
    expect(shown).toMatch(/stoves {2}━{40} {3}5\/5 {2}most 5, refused 1,234/)
    expect(shown).toContain("8 collections")
    expect(shown).toMatch(/11\.9 s|12 s {2}guest turned away/)
    expect(shown).toContain("── mark 1 ──")
    expect(shown.split("\n").at(-1)).toBe("p pause   s exact   m mark   ? help   q quit")
})

test("says when figures are estimates, and how far off they may be", () => {
    const [last] = sawtooth(1, 0)
    const shown = screenOf(modelOf({ kind: "sample", ...last!, estimate: { errorBytes: 1500 } }))
    expect(shown).toContain("used about 3,108 B 4.7 % ± 1,500 B")
    expect(shown).toContain("at least 0 collections")
})

test("tells a lost link, a death with its source lines, and a snapshot", () => {
    const model = modelOf(
        ...samples,
        { kind: "link", atMs: 12_000, phase: "lost", message: "/dev/ttyACM0 is gone" },
        {
            kind: "panic",
            atMs: 12_000,
            code: 60_004,
            stack: [{ function: "receive", file: "src/main.ts", line: 12, column: 5 }],
        },
    )
    const shown = screenOf(model)
    expect(shown).toContain("lost: /dev/ttyACM0 is gone")
    expect(shown).toContain("panic 60004")
    expect(shown).toContain("at receive  src/main.ts:12:5")
})

test("help explains the keys and every word on the screen, in pages of whole entries", () => {
    const model = modelOf(...samples, {
        kind: "heap-map",
        ...{ atMs: 12_000, capacityBytes: 65_524, whole: true },
        changes: [{ start: 0, blocks: [{ bytes: 32, type: "activation", live: true }] }],
    })
    const pages = helpPages(model, 22, { ...plain, width: 80 })
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(22)
    const shown = pages.map(page => page.join("\n")).join("\n")
    for (const word of ["used", "live", "garbage", "collection", "high-water mark", "call frame"])
        expect(shown).toMatch(new RegExp(`^${word}: `, "m"))
    expect(shown).not.toMatch(/^fragmentation: /m)
    for (const [i, page] of pages.entries()) {
        const screen = screenOf(model, { ...SCREEN, helpPage: i + 1 }, 24, { ...plain, width: 80 })
        expect(screen.split("\n").slice(0, page.length)).toEqual(page)
        expect(screen).toMatch(
            new RegExp(`page ${i + 1} of ${pages.length}.*any other key goes back`),
        )
    }
})

test("the judgement stands below the head, with its line", () => {
    const judgement: Judgement = {
        ...{ kind: "leak", severity: "bad", evidence: [] },
        headline: "ran 12 s, with a leak: orders never stops growing",
        at: { function: "accept", file: "src/main.ts", line: 88, column: 1 },
    }
    const lines = screenOf(modelOf(...samples), { ...SCREEN, judgement }).split("\n")
    expect(lines.slice(1, 3)).toEqual([
        "✗ ran 12 s, with a leak: orders never stops growing",
        "  at src/main.ts:88 (accept)",
    ])
})

test("marked moments stand on the chart's axis", () => {
    const mark: MemoryEvent = { kind: "mark", atMs: 6000, text: "mark 1" }
    const shown = screenOf(modelOf(...samples, mark))
    expect(shown).toMatch(/└[^\n]*▲[^\n]*\n/)
    expect(shown).toContain("▲ mark")
    expect(screenOf(modelOf(...samples))).not.toContain("▲")
})

test("a pause is seen, a notice stands beside the keys", () => {
    const model = modelOf(...samples)
    const paused = screenOf(model, { ...SCREEN, isPaused: true, notice: "snapshot taken" })
    expect(paused).toContain("paused")
    expect(paused).toMatch(/q quit {3}snapshot taken$/)
})

test("a long notice is told whole, on as many lines as it takes", () => {
    const notice =
        'the board has no agent: link it with import "heapscope/devs/agent/start", and deploy again'
    const lines = renderWatch(modelOf(...samples), { ...SCREEN, notice }, 24, {
        ...plain,
        width: 50,
    })
    expect(lines).toHaveLength(24)
    expect(lines.slice(-2).join(" ")).toBe(notice)
})

test("a new run forgets the curve of the last one", () => {
    const model = modelOf(...samples, {
        ...(samples[0] as Extract<MemoryEvent, { kind: "sample" }>),
    })
    expect(model.samples).toHaveLength(1)
})

describe("whatever a board sends", () => {
    const hostile = "\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u009b5A\r\n\u0008\u202eabc"
    const events: MemoryEvent[] = [
        { kind: "log", atMs: 1, level: "log", text: hostile },
        { kind: "link", atMs: 1, phase: "lost", message: hostile },
        {
            kind: "structures",
            atMs: 1,
            structures: [{ name: hostile, length: 1e9, capacity: 0, highWaterMark: 5, refused: 1 }],
        },
        { kind: "mark", atMs: 1, text: hostile },
        {
            kind: "panic",
            atMs: 1,
            code: 1,
            stack: [{ function: hostile, file: hostile, line: 1, column: 1 }],
        },
    ]

    test("no control character of it reaches the terminal", () => {
        const model = modelOf(...events)
        const screen = { ...SCREEN, program: hostile, source: hostile, notice: hostile }
        const shown = uncolored(
            screenOf(model, screen, 60, { colors: createColors(true), width: 200 }),
        )
        const lines = new WatchLines(65_524)
        const said = events.flatMap(event => lines.linesOf(event))
        for (const line of [...shown.split("\n"), ...said])
            expect(line).not.toMatch(/\p{Cc}|\u202e/u)
        expect(shown).toContain("red abc")
        expect(said.join()).toContain("red abc")
    })

    test("the screen has its size, to the line and the column", () => {
        fc.assert(
            fc.property(
                fc.array(anyEvent, { maxLength: 30 }),
                fc.integer({ min: 1, max: 60 }),
                fc.integer({ min: 1, max: 150 }),
                fc.integer({ min: 0, max: 9 }),
                (events, rows, width, helpPage) => {
                    const style = { colors: createColors(true), width }
                    const lines = renderWatch(
                        modelOf(...events),
                        { ...SCREEN, helpPage },
                        rows,
                        style,
                    )
                    expect(lines).toHaveLength(rows)
                    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width)
                },
            ),
            { numRuns: 200 },
        )
    })

    test("the model stays small", () => {
        const model = new MemoryModel()
        for (let i = 0; i < 5000; i++) {
            model.add({ ...samples[0]!, atMs: i })
            model.add({ kind: "log", atMs: i, level: "log", text: `${i}` })
            const structure = {
                name: `s${i}`,
                length: 0,
                capacity: 1,
                highWaterMark: 0,
                refused: 0,
            }
            model.add({ kind: "structures", atMs: i, structures: [structure] })
        }
        expect(model.samples.length).toBeLessThanOrEqual(600)
        expect(model.log.length).toBeLessThanOrEqual(200)
        expect(model.structures.size).toBeLessThanOrEqual(64)
    })
})

test("before the first estimate it says what it waits for, and shows exact figures all the same", () => {
    expect(screenOf(modelOf())).toContain("no figures yet: a real board tells them if its program")
    const structures = [{ name: "orders", length: 1, capacity: 2, highWaterMark: 1, refused: 0 }]
    const heap = {
        ...{ capacityBytes: 65_524, usedBytes: 6212, liveBytes: 4144, freeBytes: 59_312 },
        ...{ largestFreeBytes: 44_616, fragmentation: 0.248, blocks: 147, freeBlocks: 9 },
        ...{ highWaterUsedBytes: 6212, highWaterLiveBytes: 4144, byType: {} },
    }
    const shown = screenOf(
        modelOf({ kind: "structures", atMs: 10, structures }, { kind: "figures", atMs: 20, heap }),
    )
    expect(shown).toContain("no estimates yet: where the heap begins is not known yet")
    expect(shown).toContain("exactly, at 20 ms   used 6,212 B   live 4,144 B")
})

test("shows displays above the timeline, as small as the screen needs them", () => {
    const picture = { width: 128, height: 64, rgb: "ffffff".repeat(128 * 64) }
    const shown = [
        { name: "OLED display", kind: "display" as const, picture },
        { name: "LCD", kind: "display" as const, text: ["Hello", "world"] },
    ]
    const model = modelOf(...samples, { kind: "displays", atMs: 11_900, shown })
    for (const rows of [12, 24, 40, 60]) {
        const lines = screenOf(model, SCREEN, rows).split("\n")
        expect(lines).toHaveLength(rows)
        if (rows < 24) continue
        expect(lines.join("\n")).toMatch(/OLED display {3}128 x 64 pixels\n┌─+┐\n│⣿+│/)
        expect(lines.join("\n")).toContain("│Hello│\n│world│")
    }
    expect(screenOf(model, SCREEN, 60)).toMatch(/│⣿{64}│/)
})
