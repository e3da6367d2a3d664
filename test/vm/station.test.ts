import { describe, expect, it, vi } from "vitest"
import { findBoard } from "../../host/boards/node/find-board"
import type { LogLine } from "../../host/documents/sim-report"
import { runProgram } from "./harness"
import { countOf } from "./share"

// The first test waits for all the simulated hours.
vi.setConfig({ testTimeout: 120_000 })

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Runs a program; `lines` is all it printed, however long that is. */
async function runAll(entry: string, heapBytes: number, forMs: number) {
    const lines: LogLine[] = []
    const result = await runProgram(entry, {
        heapBytes,
        forMs,
        onEvent: event => {
            if (event.kind === "log" && (event.level === "log" || event.level === "warn"))
                lines.push({ atMs: event.atMs, level: event.level, text: event.text })
        },
    })
    return { ...result, lines }
}

const station = (board: string, forMs = HOUR) =>
    runAll("devs/station/main.ts", findBoard(board).heapBytes, forMs)
const wasteful = (board: string) =>
    runAll("devs/station/wasteful.ts", findBoard(board).heapBytes, 10 * MINUTE)
const onPico = station("pico", countOf(32 * MINUTE, HOUR))

// A board of each heap size there is.
describe.each([
    { board: "pico", station: onPico, twin: wasteful("pico") },
    {
        board: "esp32s2_bare",
        station: station("esp32s2_bare", countOf(15 * MINUTE, HOUR)),
        twin: wasteful("esp32s2_bare"),
    },
])("the order station on $board", ({ station, twin }) => {
    it("lives in the same bytes at its end as after a minute", async () => {
        const { report, samples } = await station
        expect(report.outcome.kind).toBe("running")
        expect(report.trend).toEqual({ liveBytesPerHour: 0, verdict: "flat" })
        const settled = samples.filter(({ atMs }) => atMs >= MINUTE)
        expect(new Set(settled.map(({ liveBytes }) => liveBytes)).size).toBe(1)
    })

    it("outlives its twin, which runs out of memory within ten minutes", async () => {
        const { outcome } = (await twin).report
        expect(outcome).toMatchObject({
            kind: "panicked",
            panicName: "out-of-memory",
            verdict: "leak",
        })
        expect(outcome.stack?.some(({ file }) => file === "devs/station/wasteful.ts")).toBe(true)
    })

    it("says what its twin says, word for word and moment for moment, while that lives", async () => {
        const said = (await twin).lines
        expect(said.length).toBeGreaterThan(100)
        expect((await station).lines.slice(0, said.length)).toEqual(said)
    })
})

describe("the house", () => {
    const texts = onPico.then(({ lines }) => lines.map(({ text }) => text))

    it("turns guests away when twelve orders wait, counts them, and goes on", async () => {
        const lines = await texts
        let turnedAway = 0
        let fullest = 0
        for (const text of lines) {
            if (text.startsWith("guest turned away: ")) turnedAway++
            const status = /waiting (\d+)\/12,.* turned away (\d+),/.exec(text)
            if (status === null) continue
            fullest = Math.max(fullest, Number(status[1]))
            expect(Number(status[2])).toBe(turnedAway)
        }
        expect(turnedAway).toBeGreaterThan(0)
        expect(fullest).toBe(12)
        expect(lines.lastIndexOf("guest turned away: the kitchen is full")).toBeLessThan(
            lines.length - 10,
        )
    })

    it("gives a place to one order at a time, and brings each order through its states", async () => {
        const states = new Map<string, string>()
        for (const text of await texts) {
            const received = /^#(\d+) ((?:table|shelf) \d+): /.exec(text)
            const ready = /^#(\d+) ready for (.+)$/.exec(text)
            const paid = /^#(\d+) (.+) paid /.exec(text)
            if (received) {
                expect(states.has(received[2]!)).toBe(false)
                states.set(received[2]!, `${received[1]} received`)
            } else if (ready) {
                expect(states.get(ready[2]!)).toBe(`${ready[1]} received`)
                states.set(ready[2]!, `${ready[1]} ready`)
            } else if (paid) {
                expect(states.get(paid[2]!)).toBe(`${paid[1]} ready`)
                states.delete(paid[2]!)
            }
        }
    })

    it("starts its twelve-bit numbers over after 4095", async () => {
        const ids = (await texts).flatMap(text => /^#(\d+) [a-z]+ \d+: /.exec(text)?.[1] ?? [])
        ids.forEach((id, i) => expect(Number(id)).toBe((i + 1) % 4096))
        expect(ids.length).toBeGreaterThan(4096)
    })

    it("takes in to the cent what guests pay", async () => {
        let cents = 0
        let paid = 0
        for (const text of await texts) {
            const sum = /^#\d+ .+ paid (\d+\.\d\d)$/.exec(text)
            if (sum) {
                cents += Math.round(Number(sum[1]) * 100)
                paid++
            }
            const status = /paid (\d+),.* takings (\d+\.\d\d)$/.exec(text)
            if (!status) continue
            expect(Number(status[1])).toBe(paid)
            expect(status[2]).toBe((cents / 100).toFixed(2))
        }
        expect(paid).toBeGreaterThan(1000)
    })

    it("prints receipts that add up", async () => {
        const lines = await texts
        const total = (text: string | undefined) => Number(/ (\d+\.\d\d)$/.exec(text ?? "")?.[1])
        let receipts = 0
        lines.forEach((text, i) => {
            const receipt = /^Receipt +(\d+)$/.exec(text)
            if (!receipt) return
            receipts++
            expect(text).toHaveLength(26)
            const end = lines.findIndex((line, j) => j > i && line.startsWith("Total"))
            const dishes = lines.slice(i + 1, end).map(total)
            const sum = total(lines[end])
            expect(dishes.reduce((a, b) => a + b).toFixed(2)).toBe(sum.toFixed(2))
            expect(lines[i - 2]).toMatch(new RegExp(`^#${receipt[1]} .* paid ${sum.toFixed(2)}$`))
        })
        expect(receipts).toBeGreaterThan(100)
    })
})

describe("the station that reports", () => {
    it("does the same, with nothing between but its reports, and keeps to its bytes", async () => {
        const { report, lines, samples } = await runAll(
            "devs/station/reporting.ts",
            findBoard("pico").heapBytes,
            10 * MINUTE,
        )
        const isReport = ({ text }: LogLine) => text.startsWith("hs1 ")
        const reports = lines.filter(isReport)
        expect(reports.length).toBeGreaterThan(590)
        expect(reports.some(({ text }) => text.includes(" waiting="))).toBe(true)
        const said = lines.filter(line => !isReport(line)).map(({ text }) => text)
        const alone = (await onPico).lines.map(({ text }) => text)
        expect(said).toEqual(alone.slice(0, said.length))
        expect(report.trend.verdict).toBe("flat")
        const settled = samples.filter(({ atMs }) => atMs >= MINUTE)
        expect(new Set(settled.map(({ liveBytes }) => liveBytes)).size).toBe(1)
    })
})
