import { readdirSync } from "node:fs"
import type { Probe } from "../../../host/analysis/trend/probe-cycles"
import { AgentEvents } from "../../../host/link/agent/agent-events"
import type { Estimate } from "../../../host/model/events"
import type { Program } from "../../../host/model/program/program"
import { SimulatedBoard } from "../../../host/simulator/simulated-board"
import { fromRoot, vm } from "../harness"

const HEAP_BYTES = 65_536
const OUT_OF_MEMORY = 60_004

/** One life of a board with the agent, as it was and as it was reported. */
export interface Life {
    /** What its program says it does. */
    kind: string
    /** When it ran out of memory; undefined for what lived on, or died of something else. */
    deathMs: number | undefined
    /** What the reports foretold, oldest first, whenever that was another thing than before. */
    told: { atMs: number; death: Estimate["death"] }[]
}

/** Programs that only look as if they leaked. */
export const STILL = readdirSync(fromRoot("test/vm/programs/leaks"))
    .filter(name => name.startsWith("fine-") && name.endsWith(".ts"))
    .map(name => `test/vm/programs/leaks/${name.replace(/\.ts$/, "")}`)

/**
 * Runs a program with the agent until it dies, or that long. Nothing of the program is known but its reports.
 * @param onProbe hears of each probe that tells of what is live
 */
export function lifeOf(
    program: Program,
    seed: number,
    forMs: number,
    onProbe?: (probe: Probe) => void,
): Life {
    const agent = new AgentEvents(HEAP_BYTES, undefined, undefined, undefined, { onProbe })
    const life: Life = { kind: "", deathMs: undefined, told: [] }
    let isOver = false
    const board = new SimulatedBoard(vm, {
        ...{ heapBytes: HEAP_BYTES, seed },
        onEvent: event => {
            if (event.kind === "panic") {
                isOver = true
                if (event.code === OUT_OF_MEMORY) life.deathMs = event.atMs
            }
            if (event.kind !== "log") return
            if (event.text.startsWith("kind ")) life.kind = event.text
            for (const told of agent.add(event)) {
                if (told.kind !== "sample") continue
                const death = told.estimate?.death
                const last = life.told.at(-1)
                if (JSON.stringify(death) !== JSON.stringify(last?.death))
                    life.told.push({ atMs: told.atMs, death })
            }
        },
    })
    board.load(program.bytecode)
    while (!isOver && board.nowMs < forMs && board.step(forMs));
    return life
}

/** A seed for each number: neighbouring seeds begin alike. */
export function seedOf(number: number): number {
    return Math.imul(5000 + number, 2654435761) >>> 0
}
