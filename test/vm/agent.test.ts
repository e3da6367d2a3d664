import { expect, test } from "vitest"
import { parseAgentLine, type AgentReport } from "../../host/link/agent/agent-line"
import { powerOn } from "./harness"

/** The most a report may allocate. Bytes. */
const MAX_CHURN = 256
/** The first reports come at once, with a run of buffers before the last of them. */
const START_REPORTS = 4

/** Runs a program and looks at its heap after each report. */
async function watchReports(name: string, forMs: number) {
    const { board, log } = await powerOn(name)
    const reports: { report: AgentReport; liveBytes: number; allocatedBytes: number }[] = []
    let read = 0
    while (board.nowMs < forMs) {
        board.step(forMs)
        for (; read < log.length; read++) {
            const report = parseAgentLine(log[read]!.text)
            if (report === undefined) continue
            expect(report.kind).toBe("report")
            const { liveBytes, allocatedBytes } = board.sample()
            reports.push({ report: report as AgentReport, liveBytes, allocatedBytes })
        }
    }
    return reports
}

test("a report leaves nothing behind and allocates at most 256 bytes", async () => {
    const reports = await watchReports("agent-alone", 600_000)
    expect(reports.map(({ report }) => report.seq)).toEqual(
        Array.from({ length: 600 + START_REPORTS - 1 }, (_, i) => i),
    )
    expect(new Set(reports.map(({ liveBytes }) => liveBytes)).size).toBe(1)
    const later = reports.slice(START_REPORTS - 1)
    const churn = later
        .slice(1)
        .map(({ allocatedBytes }, i) => allocatedBytes - later[i]!.allocatedBytes)
    expect(Math.max(...churn)).toBeLessThanOrEqual(MAX_CHURN)
    expect(Math.min(...churn)).toBeGreaterThan(0)
})

test("keeps 584 bytes, 40 of them so that a host can read the whole heap", async () => {
    const keeps = async (name: string) => {
        const { board, program } = await powerOn(name)
        while (board.nowMs < 5000) board.step(5000)
        return { bytes: board.sample().liveBytes, graph: board.graph(program.debug)!, program }
    }
    const [agent, none] = await Promise.all([keeps("agent-alone"), keeps("agent-none")])
    expect(agent.bytes - none.bytes).toBe(584)
    const globals = agent.program.debug!.globals.map(({ name }) => name)
    expect(globals).toEqual(expect.arrayContaining(["windowFromStart", "windowFromHere"]))
    const [variable] = agent.graph.nodes.filter(({ name }) => name === "windowFromHere")
    const buffer = agent.graph.nodes[variable!.edges[0]!.to]!
    const VARIABLE_BYTES = 8
    expect(buffer.bytes + 2 * VARIABLE_BYTES).toBe(40)
})

test("every structure comes in its turn, with its figures", async () => {
    const reports = (await watchReports("agent", 30_000)).map(({ report }) => report)
    expect(reports.length).toBe(30 + START_REPORTS - 1)
    const names = reports.flatMap(({ structures }) => structures.map(({ name }) => name))
    const all = ["orders", "second.queue", "third_queue", "fourth"]
    names.forEach((name, i) => expect(name).toBe(all[i % all.length]))
    const full = reports.flatMap(({ structures }) => structures).filter(s => s.name === "fourth")
    // Two of its three pushes a second and more are turned away, for as long as the program runs.
    expect(full.at(-1)).toMatchObject({ length: 2, capacity: 2, highWaterMark: 2 })
    expect(full.at(-1)!.refused).toBeGreaterThan(full[0]!.refused + 50)
    expect(reports.at(-1)!.uptimeMs).toBeGreaterThanOrEqual(29_000)
})

test("what structures are worth comes in turn with their figures", async () => {
    const reports = (await watchReports("agent-worth", 60_000)).map(({ report }) => report)
    expect(reports.length).toBe(60 + START_REPORTS - 1)
    const last = new Map(reports.flatMap(({ worth }) => worth))
    expect([...last.keys()]).toEqual(["names", "prices", "orders", "a.name.of.16.ch."])
    const names = last.get("names")!
    // Of so many texts three were new.
    expect(names.asked - names.hits).toBe(3)
    expect(names).toEqual({ ...names, kind: "dedupe", savedBytes: names.hits * (9 + 6) })
    expect(names.asked).toBeGreaterThan(150)
    const prices = last.get("prices")!
    expect(prices.kind).toBe("hit")
    expect(prices.hits).toBeGreaterThan(0)
    expect(prices.asked).toBeGreaterThan(prices.hits + 10)
    const orders = last.get("orders")!
    expect(orders).toEqual({ kind: "reuse", asked: orders.asked, hits: orders.asked - 1 })
    const blocks = last.get("a.name.of.16.ch.")!
    expect(blocks).toEqual({
        ...{ kind: "reuse", asked: blocks.asked, hits: blocks.asked - 1 },
        wastedBytes: 6 * blocks.asked,
    })
    // What a cache gave up stands where others say what they turned away.
    const figures = reports.flatMap(({ structures }) => structures)
    const cache = figures.filter(({ name }) => name === "prices").at(-1)!
    expect(cache.refused).toBeGreaterThan(10)
    expect(new Set(figures.map(({ name }) => name)).size).toBe(5)
})
