import { expect, test } from "vitest"
import { parseAgentLine } from "../../host/link/agent/agent-line"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { makeWorld } from "../../host/simulator/world/world"
import { run, type RunOptions } from "../../host/simulator/run"
import { printed, vm } from "./harness"
import { buildWithInstalledAgent } from "./installed-agent"

const libraries = loadWorldLibraries()
/** Reports that come at once, when there is no network yet. */
const START_REPORTS = 4

async function runPublishing(options: Partial<RunOptions>) {
    const program = await buildWithInstalledAgent("agent-mqtt")
    const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }
    return run(vm, { program, board, forMs: 30_000, ...options })
}

test("a broker gets every report as the log has it, with the address in it", async () => {
    const { report } = await runPublishing({
        makeWorld: seed => makeWorld({ mode: "made-up", seed, libraries }),
    })
    const lines = printed(report.log)
    const logged = lines.filter(line => line.startsWith("hs1 "))
    const topic = "heapscope/kitchen "
    const passedOn = lines
        .filter(line => line.startsWith(topic))
        .map(line => line.slice(topic.length))
    expect(logged.length).toBeGreaterThanOrEqual(30)
    expect(passedOn).toEqual(logged.slice(START_REPORTS))
    for (const [i, line] of passedOn.entries())
        expect(parseAgentLine(line)).toMatchObject({ kind: "report", seq: i + START_REPORTS })
})

test("without a network it goes on, and says so no more than the client itself", async () => {
    const { report } = await runPublishing({})
    expect(report.outcome.kind).toBe("running")
    const lines = printed(report.log)
    expect(lines.filter(line => line.startsWith("hs1 ")).length).toBeGreaterThan(15)
    expect(lines.filter(line => line.includes("drop pk")).length).toBeLessThanOrEqual(1)
})
