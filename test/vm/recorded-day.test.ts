import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { loadScenario } from "../../host/api/load-scenario"
import { readRunSettings } from "../../host/api/run-settings"
import { findBoard } from "../../host/boards/node/find-board"
import { RECORDING_SCHEMA } from "../../host/documents/recording-format"
import { BoardLink } from "../../host/link/board-link"
import { TcpPort } from "../../host/link/node/tcp-stream"
import type { MemoryEvent } from "../../host/model/events"
import { sealLine } from "../../host/recording/recording-line"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { run } from "../../host/simulator/run"
import { makeWorld } from "../../host/simulator/world/world"
import { watchLink } from "../../host/tasks/watch-port"
import { build, vm } from "./harness"
import { serve } from "./link/rig"

/** Class of the service in the catalogue. */
const TEMPERATURE = 0x1421bac7
const ENTRY = "test/vm/programs/recorded-day.ts"
/** At the most. It is over as soon as both buttons were heard. */
const WATCHED_MS = 40_000
/** Faster than real time: what is pressed for a moment is pressed for a shorter one. */
const SPEED = 4

const folder = mkdtempSync(join(tmpdir(), "recorded-day-"))
const file = join(folder, "day.ndjson")
let events: MemoryEvent[]

/** Writes a recording of what was told. */
function write(to: string, told: readonly MemoryEvent[]): void {
    const { id, chip, heapBytes } = findBoard("pico")
    const header = {
        ...{ schema: RECORDING_SCHEMA, program: { entry: ENTRY }, board: { id, chip, heapBytes } },
        ...{ vm: { version: null }, startedAt: "2026-01-01T08:00:00.000Z" },
    }
    writeFileSync(to, [header, ...told].map(line => sealLine(line) + "\n").join(""))
}

beforeAll(async () => {
    const door = makeWorld({ mode: "made-up", seed: 7, libraries: loadWorldLibraries() }).door
    const board = await serve(ENTRY, { door, seed: 7, speed: SPEED })
    const link = new BoardLink(new TcpPort("127.0.0.1", board.port))
    const over = new AbortController()
    const source = watchLink(link, { board: findBoard("pico"), program: undefined })
    const timer = setTimeout(() => over.abort(), WATCHED_MS)
    events = []
    const waited = new Set(["bell up", "door up"])
    for await (const event of source.events(over.signal)) {
        events.push(event)
        if (event.kind === "log" && waited.delete(event.text) && waited.size === 0) over.abort()
    }
    clearTimeout(timer)
    await board.close()
    write(file, events)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

/** What a log says happened, in order; of what is measured only the values. */
function happenings(log: readonly { text: string }[], of: RegExp): string[] {
    return log.flatMap(({ text }) => of.exec(text)?.[0] ?? [])
}

describe("a day that was recorded of a board on a wire", () => {
    it("has what its services told: each reading once, each event once", () => {
        const told = events.filter(event => event.kind === "service")
        expect(new Set(told.map(({ isOwn }) => isOwn))).toEqual(new Set([true, false]))
        expect(told.length).toBeGreaterThan(6)
        const readings = told.filter(({ register }) => register !== undefined)
        for (const { device, index, atMs, data } of readings) {
            const after = readings.find(
                next => next.device === device && next.index === index && next.atMs > atMs,
            )
            if (!after) continue
            expect(after.data).not.toBe(data)
            expect(after.atMs - atMs).toBeGreaterThanOrEqual(100)
        }
    })

    it("is the same again in the simulator", async () => {
        const scenario = await loadScenario(file, ".")
        const program = await build(ENTRY)
        const settings = readRunSettings({ scenario }, program)
        expect(settings.board.id).toBe("pico")
        expect(settings.forMs).toBe(events.at(-1)!.atMs)
        const forMs = settings.forMs + 500
        const { report } = await run(vm, { ...settings, forMs, program })
        const real = events.filter(event => event.kind === "log")
        for (const [name, isOwn] of [
            ["bell", false],
            ["door", true],
        ] as const) {
            const told = events.flatMap(event =>
                event.kind === "service" && event.isOwn === isOwn && event.event !== undefined
                    ? `${name} ${["", "down", "up"][event.event]}`
                    : [],
            )
            const again = happenings(report.log, new RegExp(`^${name} \\w+$`))
            // What came before it had found the device, nobody heard; nor did the real one.
            expect(again).toEqual(told.slice(told.length - again.length))
            const heard = happenings(real, new RegExp(`^${name} \\w+$`))
            expect(heard.length).toBeGreaterThan(0)
            expect(again.slice(again.length - heard.length)).toEqual(heard)
        }
        for (const of of [/^outside -?\d+$/, /^knob \d+$/]) {
            const seen = happenings(real, of)
            const again = happenings(report.log, of)
            expect(again.length).toBeGreaterThan(1)
            for (const value of again) expect(seen).toContain(value)
        }
        expect(report.world?.madeUp).toEqual([])
        expect(report.world?.recorded?.map(({ playedBy }) => playedBy).sort()).toEqual([
            ...["bell", "outside", "pin 26", "pin 5"],
        ])
        for (const { reports, played } of report.world!.recorded!) expect(played).toBe(reports)
    })

    it("is a signal, too", async () => {
        const told = events.flatMap(event =>
            event.kind === "service" && event.serviceClass === TEMPERATURE ? event : [],
        )
        const path = join(folder, "again.json")
        const of = (signal: string) =>
            writeFileSync(path, `{ "signals": { "temperature": "${signal}" } }`)
        of("recording day.ndjson of temperature")
        const { plan } = (await loadScenario(path, ".")).on(findBoard("pico"), 1_000)
        const signal = plan.quantities.get("temperature")!(1)
        for (const { atMs, data } of told) {
            const raw = Buffer.from(data, "hex").readInt32LE()
            expect(signal(atMs)).toBeCloseTo(raw / 1024, 6)
        }
        for (const [text, why] of [
            ["recording day.ndjson", /has \d services: say which, as in recording day.ndjson of/],
            ["recording day.ndjson of temperatur", /has no temperatur: did you mean temperature/],
            ["recording none.csv of x", /does not exist/],
            ["recording again.json", /again.json is not a recording/],
        ] as const) {
            of(text)
            const scenario = await loadScenario(path, ".")
            expect(() => scenario.on(findBoard("pico"), 1_000), text).toThrow(why)
        }
    })

    it("is refused when nothing was told, or it is something else", async () => {
        const none = join(folder, "none.ndjson")
        write(none, [{ kind: "log", atMs: 1, level: "log", text: "hello" }])
        await expect(loadScenario(none, ".")).rejects.toThrow(/has nothing of a world/)
        writeFileSync(none, "hello\n")
        await expect(loadScenario(none, ".")).rejects.toThrow(/a recording of a real board, and/)
    })
})
