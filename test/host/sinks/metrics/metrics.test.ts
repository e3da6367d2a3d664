import { get } from "node:http"
import fc from "fast-check"
import { describe, expect, it, onTestFinished } from "vitest"
import type { MemoryEvent, StructureFigures } from "../../../../host/model/events"
import { BoardMetrics } from "../../../../host/analysis/fleet/board-metrics"
import { readMetricsAddress } from "../../../../host/sinks/metrics/metrics-address"
import { MetricsEndpoint } from "../../../../host/sinks/metrics/metrics-endpoint"
import { prometheusText } from "../../../../host/sinks/metrics/prometheus-text"
import { anyCharacter } from "../../../any-character"

const about = {
    program: { entry: "src/main.ts" },
    board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
    vm: { version: "2.16.4" },
}

function sample(atMs: number, more: object = {}): MemoryEvent {
    return {
        ...{ kind: "sample", atMs, usedBytes: 3_000, liveBytes: 2_000, freeBytes: 5_000 },
        ...{ largestFreeBytes: 4_000, collections: 2, allocations: 9, allocatedBytes: 700 },
        ...more,
    }
}

function structure(name: string, more: Partial<StructureFigures> = {}): StructureFigures {
    return { name, length: 1, capacity: 4, highWaterMark: 3, refused: 0, ...more }
}

function told(...events: MemoryEvent[]): BoardMetrics {
    const board = new BoardMetrics(about)
    for (const event of events) board.add(event)
    return board
}

/** Series by name and labels, read by the rules of the format and nothing of ours. */
function read(text: string): Map<string, number> {
    const series = new Map<string, number>()
    for (const line of text.trimEnd().split("\n")) {
        if (/^# (HELP|TYPE) [a-z_]+ \S/.test(line)) continue
        const [, name, value] =
            /^([a-z_]+(?:\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+\})?) (\S+)$/.exec(line) ?? []
        if (name === undefined || series.has(name)) throw new Error(line)
        series.set(name, Number(value))
    }
    return series
}

const seriesOf = (board: BoardMetrics) => read(prometheusText(board.metrics()))

describe("a board's metrics", () => {
    it("are named after OpenTelemetry's rules, with their unit", () => {
        expect([...seriesOf(told(sample(1_500)))]).toEqual([
            [
                'devicescript_board_info{board="pico",chip="rp2040",program="src/main.ts",vm="2.16.4"}',
                1,
            ],
            ["devicescript_board_uptime_seconds", 1.5],
            ['devicescript_memory_usage_bytes{state="live"}', 2_000],
            ['devicescript_memory_usage_bytes{state="garbage"}', 1_000],
            ['devicescript_memory_usage_bytes{state="free"}', 5_000],
            ["devicescript_memory_limit_bytes", 8_000],
            ["devicescript_memory_largest_free_bytes", 4_000],
            ['devicescript_memory_high_water_bytes{state="used"}', 3_000],
            ['devicescript_memory_high_water_bytes{state="live"}', 2_000],
            ["devicescript_memory_allocated_bytes_total", 700],
            ["devicescript_gc_collections_total", 2],
            ["devicescript_reports_total", 1],
            ["devicescript_board_starts_total", 1],
            ["devicescript_board_deaths_total", 0],
        ])
    })

    it("say by how much they may be off, where they are worked out", () => {
        const series = seriesOf(
            told(sample(0, { estimate: { errorBytes: 300, liveErrorBytes: 500 } })),
        )
        expect(series.get('devicescript_memory_error_bytes{state="used"}')).toBe(300)
        expect(series.get('devicescript_memory_error_bytes{state="live"}')).toBe(500)
        expect(series.has("devicescript_memory_allocated_bytes_total")).toBe(false)
    })

    it("never fall where they count, however often the board begins anew", () => {
        const counts = fc.array(fc.record({ atMs: fc.nat(1_000), count: fc.nat(1_000) }), {
            minLength: 1,
            maxLength: 12,
        })
        fc.assert(
            fc.property(counts, reports => {
                const board = new BoardMetrics(about)
                let before = -1
                let sum = 0
                let last = 0
                for (const { atMs, count } of reports) {
                    board.add(sample(atMs, { allocatedBytes: count }))
                    board.add({
                        ...{ kind: "structures", atMs },
                        structures: [structure("orders", { refused: count })],
                    })
                    // A count that fell began at 0.
                    sum += count < last ? count : count - last
                    last = count
                    const series = seriesOf(board)
                    const total = series.get("devicescript_memory_allocated_bytes_total")!
                    expect(total).toBe(sum)
                    expect(
                        series.get('devicescript_structure_refused_total{structure="orders"}'),
                    ).toBe(sum)
                    expect(total).toBeGreaterThanOrEqual(before)
                    before = total
                }
            }),
        )
    })

    it("are not told while nobody reaches the board: the last ones are not those of now", () => {
        const away: MemoryEvent = { kind: "link", atMs: 2, phase: "lost", message: "silent" }
        const series = seriesOf(told(sample(1), away))
        expect(series.get("devicescript_board_reached")).toBe(0)
        expect([...series.keys()].some(name => name.includes("memory_usage"))).toBe(false)
        expect(series.get("devicescript_gc_collections_total")).toBe(2)
    })

    it("stay bounded, and text, whatever a board calls its structures", () => {
        fc.assert(
            fc.property(
                fc.array(fc.string({ unit: anyCharacter, maxLength: 100 }), { maxLength: 6 }),
                names => {
                    const board = told({
                        ...{ kind: "structures", atMs: 0 },
                        structures: names.map(name => structure(name)),
                    })
                    expect(seriesOf(board).size).toBeLessThanOrEqual(4 + 4 * 64)
                },
            ),
        )
        const many = Array.from({ length: 10_000 }, (_, i) => structure(`s${i}`))
        const board = told({ kind: "structures", atMs: 0, structures: many })
        expect(seriesOf(board).size).toBe(4 + 4 * 64)
    })
})

describe("the endpoint", () => {
    const ask = (url: string, options: object = {}) =>
        new Promise<{ status: number | undefined; type: unknown; text: string }>((done, failed) => {
            const request = get(url, options, response => {
                let text = ""
                response.setEncoding("utf8").on("data", part => (text += part))
                response.on("end", () =>
                    done({
                        status: response.statusCode,
                        type: response.headers["content-type"],
                        text,
                    }),
                )
            })
            request.on("error", failed)
        })

    it("answers who is meant to ask, and nobody else", async () => {
        const said: string[] = []
        const sink = new MetricsEndpoint({
            ...{ about, flags: { metrics: "0" } },
            announce: text => void said.push(text),
        })
        await sink.listen()
        onTestFinished(() => sink.close())
        sink.add(sample(10))
        expect(said).toEqual([
            expect.stringMatching(/^metrics: http:\/\/127\.0\.0\.1:\d+\/metrics$/),
        ])
        const url = said[0]!.slice("metrics: ".length)
        const answer = await ask(url)
        expect(answer).toMatchObject({ status: 200, type: expect.stringMatching(/version=0.0.4/) })
        expect(read(answer.text).get("devicescript_memory_limit_bytes")).toBe(8_000)
        expect(await ask(url.replace("/metrics", "/"))).toMatchObject({ status: 404 })
        expect(await ask(url, { method: "POST" })).toMatchObject({ status: 405 })
        const headers = { host: "evil.example" }
        expect(await ask(url, { headers })).toMatchObject({ status: 403 })
        const { text } = await ask(url, { method: "HEAD" })
        expect(text).toBe("")

        const second = new MetricsEndpoint({
            ...{ about, flags: { metrics: new URL(url).port } },
            announce: () => undefined,
        })
        await expect(second.listen()).rejects.toThrow(
            /something listens there already.*--metrics 0/,
        )
    })
})

it("reads its address, and refuses what is none", () => {
    expect(readMetricsAddress(true)).toEqual({ host: "127.0.0.1", port: 9464 })
    expect(readMetricsAddress("81")).toEqual({ host: "127.0.0.1", port: 81 })
    expect(readMetricsAddress("0.0.0.0:9000")).toEqual({ host: "0.0.0.0", port: 9000 })
    expect(readMetricsAddress("[::1]:9000")).toEqual({ host: "::1", port: 9000 })
    for (const wrong of ["", "x", "70000", "evil.example:80", ":80", "1.2.3.4", "[::1]", "80:80"])
        expect(() => readMetricsAddress(wrong), wrong).toThrow("--metrics takes a port")
})
