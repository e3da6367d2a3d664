import { expect, test } from "vitest"
import { PostMortems } from "../../host/analysis/fleet/post-mortems"
import type { Incident } from "../../host/documents/fleet/incident"
import { AgentEvents } from "../../host/link/agent/agent-events"
import type { LogLine } from "../../host/model/figures"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { SimulatedBoard, type Death } from "../../host/simulator/simulated-board"
import { makeWorld } from "../../host/simulator/world/world"
import { Fleet } from "../../host/tasks/fleet/fleet"
import { ReportingBoard } from "../../host/tasks/fleet/reporting-board"
import { buildWithInstalledAgent } from "./installed-agent"
import { vm } from "./harness"

const HEAP_BYTES = 65_536
const MOST_MS = 400_000
const START_MS = 1_700_000_000_000

interface Life {
    log: LogLine[]
    death: Death
}

/** One board with a program, as often as it dies: its flash is all that stays. */
async function livesOf(name: string, lives: number, hasNetwork = false): Promise<Life[]> {
    const program = await buildWithInstalledAgent(name)
    const flash = { bytes: new Uint8Array(0) }
    const libraries = hasNetwork ? loadWorldLibraries() : undefined
    return Array.from({ length: lives }, () => {
        const log: LogLine[] = []
        const board = new SimulatedBoard(vm, {
            ...{ heapBytes: HEAP_BYTES, seed: 1, flash },
            ...(libraries && { door: makeWorld({ mode: "made-up", seed: 1, libraries }).door }),
            onEvent: event => {
                if (event.kind === "log") log.push(event)
            },
        })
        board.load(program.bytecode)
        while (board.nowMs < MOST_MS && !board.death) board.step(MOST_MS)
        return { log, death: board.death! }
    })
}

/** What a fleet makes of the agent's lines, without a word of the panics. */
function incidentsOf(lines: readonly string[]): Incident[] {
    const incidents: Incident[] = []
    const fleet = new Fleet({ notify: () => undefined, now: () => START_MS })
    const postMortems = new PostMortems(incident => incidents.push(incident))
    fleet.listen(postMortems)
    const about = {
        program: { entry: "src/main.ts" },
        board: { id: "pico", chip: "rp2040", heapBytes: HEAP_BYTES },
        vm: { version: null },
    }
    const source = { how: "here", run: () => Promise.resolve() }
    const intake = fleet.intakeOf(source).board({ name: "shed", about })!
    const board = new ReportingBoard(intake, new AgentEvents(HEAP_BYTES))
    for (const [i, line] of lines.entries()) board.take(line, START_MS + i * 1000)
    postMortems.summary()
    return incidents
}

const agentLines = ({ log }: Life) =>
    log.map(({ text }) => text).filter(text => /^hs\d /.test(text))

test("a board that dies of a full heap tells at its next start how long it ran and how full it was", async () => {
    const lives = await livesOf("agent-last", 3)
    for (const [i, life] of lives.entries()) {
        expect(life.death.code).toBe(60_004)
        const told = agentLines(life).filter(line => line.startsWith("hs3"))
        expect(told.map(line => line.split("/")[0])).toEqual(i === 0 ? [] : [`hs3 last=${i}`])
    }
    // A fleet that heard only the last start knows of the death all the same.
    const [alone] = incidentsOf(agentLines(lives[1]!))
    expect(alone).toMatchObject({ cause: "unheard", samples: [] })
    const lived = lives[0]!.death.atMs
    expect(alone!.kept!.uptimeMs).toBeLessThanOrEqual(lived)
    expect(alone!.kept!.uptimeMs).toBeGreaterThanOrEqual((lived * 2) / 3)
    const { heap } = lives[0]!.death
    const filled = alone!.kept!.filledBytes! / (heap.usedBytes + heap.freeBytes)
    // What lives then is two thirds of what it dies of, less what a collection has just made room for.
    expect(filled).toBeGreaterThan(0.4)
    expect(filled).toBeLessThanOrEqual(1)
    // One that heard it all has one death each, with both the samples and what the board kept.
    const all = incidentsOf(lives.flatMap(agentLines))
    expect(all.map(({ cause }) => cause)).toEqual(["unheard", "unheard"])
    for (const [i, incident] of all.entries()) {
        expect(incident.samples).toHaveLength(20)
        expect(Math.abs(incident.uptimeMs - lives[i]!.death.atMs)).toBeLessThanOrEqual(2000)
        expect(incident.kept!.uptimeMs).toBeLessThan(incident.uptimeMs)
    }
})

test("an exception that nobody caught is told at the next start, once", async () => {
    const lives = await livesOf("agent-died", 3)
    for (const { death } of lives) expect(death.code).toBe(60_005)
    const [first, second] = incidentsOf(lives.flatMap(agentLines))
    for (const incident of [first!, second!])
        expect(incident).toMatchObject({
            cause: "unhandled-exception",
            exception: "RangeError: the pump is at 120 %",
        })
    expect(first!.panicCode).toBeUndefined()
})

test("over MQTT the broker gets it as well", async () => {
    const [, again] = await livesOf("agent-last-mqtt", 2, true)
    const printed = again!.log.map(({ text }) => text)
    const kept = printed.find(text => text.startsWith("hs3 last=1/"))
    expect(kept).toBeDefined()
    expect(printed.filter(text => text === `heapscope/shed ${kept}`)).toHaveLength(1)
})
