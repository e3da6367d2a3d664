import { UserError } from "../base/errors"
import type { ScenarioFile } from "../documents/scenario/scenario"
import { WORST_SCHEMA, type WorstReport } from "../documents/scenario/worst-report"
import { MAX_HEAP_BYTES } from "../model/heap/heap-memory"
import type { Program } from "../model/program/program"
import { loadVm } from "../simulator/node/load-vm"
import { run, type RunOptions } from "../simulator/run"
import type { World } from "../simulator/world/world"
import { caseOf, searchWorst, type WorstOptions } from "../tasks/worst/search-worst"
import { smallestHeap } from "../tasks/smallest-heap"
import { checkScenario } from "./load-scenario"
import { readRunSettings, type NameOf, type RunSettings } from "./run-settings"

export interface WorstSettings extends RunSettings {
    /** Runs of the search. Default: 200. */
    runs?: number
    signal?: AbortSignal
    onRun?: WorstOptions["onRun"]
    /** Told how many heaps were tried. */
    onHeap?: (count: number) => void
}

export const DEFAULT_RUNS = 200

/**
 * Looks for the worst that can happen to a program's memory: events in bursts, long texts, slow servers, drops
 * in the middle, orders and seeds; then finds the smallest heap that lives through it. The same settings find
 * the same.
 * @throws HeapscopeError as `simulate` does
 */
export async function findWorst(
    program: Program,
    { runs = DEFAULT_RUNS, signal, onRun, onHeap, ...settings }: WorstSettings,
    nameOf?: NameOf,
): Promise<WorstReport> {
    const { scenario: base, ...others } = settings
    const read = readRunSettings(settings, program, nameOf)
    const { board, seed, forMs } = read
    if (others.world === "none")
        throw new UserError("E_FLAG_CONFLICT", "in the world none nothing happens: leave it out.")
    const vm = loadVm()
    const simulate = async (
        said: ScenarioFile,
        heapBytes: number,
        more: Partial<RunOptions> = {},
    ) => {
        const scenario = checkScenario("worst", said, { text: "", folder: base?.folder ?? "." })
        const { cwd, onNotice: _, ...rest } = others
        const own = readRunSettings({
            ...rest,
            ...(cwd !== undefined && { cwd }),
            board,
            scenario,
            seed: said.seed!,
            for: forMs,
            heap: heapBytes,
        })
        const makeWorld = more.makeWorld ?? own.makeWorld
        const { report } = await run(vm, {
            ...{ ...own, program, makeWorld, sampleMs: forMs },
            ...(signal && { signal }),
        })
        signal?.throwIfAborted()
        return report
    }
    const found = await searchWorst({
        ...{ program, forMs, seed, runs },
        ...(base && { base: base.said }),
        run: said => simulate(said, MAX_HEAP_BYTES),
        learn: (said, onOpened) =>
            simulate(said, MAX_HEAP_BYTES, {
                makeWorld: (seed, of) => watched(read.makeWorld(seed, of), onOpened),
            }),
        ...(onRun && { onRun }),
    })
    const { worst } = found
    let heaps = 0
    const heap = await smallestHeap(async heapBytes => {
        onHeap?.(++heaps)
        return caseOf(await simulate(worst.scenario, heapBytes)).died
    })
    return {
        schema: WORST_SCHEMA,
        program: { entry: program.entry },
        board: { id: board.id, chip: board.chip, heapBytes: board.heapBytes },
        ...{
            forMs,
            seed,
            runs: { searched: found.searched, simplified: found.simplified, heaps },
            usual: found.usual,
        },
        worst: {
            ...worst,
            command: commandOf(program.entry, board.id, worst.scenario, heap.smallestBytes),
        },
        heap,
    }
}

/** A world whose program is seen to open connections. */
function watched(world: World, onOpened: (atMs: number) => void): World {
    const { network, arrivals } = world.door
    const open: typeof network.open = (host, port, tls) => {
        onOpened(arrivals.clock.nowMs)
        return network.open(host, port, tls)
    }
    return {
        ...world,
        door: {
            ...world.door,
            network: {
                ...{ open, available: () => network.available(), isOpen: () => network.isOpen() },
                ...{ write: data => network.write(data), close: () => network.close() },
            },
        },
    }
}

function commandOf(
    entry: string,
    board: string,
    scenario: ScenarioFile,
    heap: number | null,
): string {
    const said = JSON.stringify(scenario).replaceAll("'", "'\\''")
    const size = heap === null ? "" : ` --heap ${heap}`
    return `heapscope sim ${/^[\w./:@+-]+$/.test(entry) ? entry : JSON.stringify(entry)} --board ${board}${size} --scenario '${said}'`
}
