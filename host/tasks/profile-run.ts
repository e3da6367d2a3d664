import { posix } from "node:path"
import type { Order } from "../documents/cost"
import { foldProfile } from "../analysis/profile/fold-profile"
import { histogramsOf } from "../analysis/profile/histograms"
import { traceAllocations, type TracedAllocation } from "../analysis/profile/traced-allocations"
import { Places } from "../analysis/profile/source-places"
import {
    PROFILE_SCHEMA,
    type ProfileFigures,
    type ProfileReport,
} from "../documents/profile-report"
import { Adviser } from "./adviser"
import { AllocationProfiler } from "../simulator/observers/allocation-profiler"
import { AllocationTimes } from "../simulator/observers/allocation-times"
import { BlockAges } from "../simulator/observers/block-ages"
import { TemporaryBlocks } from "../simulator/observers/temporary-blocks"
import { ranMs } from "../documents/sim-report"
import { SourceMap } from "../model/program/source-map"
import { SourceFrames } from "../model/program/source-frames"
import { run, type RunOptions, type RunResult } from "../simulator/run"
import type { HeapPeak, SimulatedBoard } from "../simulator/simulated-board"
import type { MemoryEvent } from "../model/events"

export interface ProfileRunOptions extends RunOptions {
    advice?: boolean
    atPeak?: boolean
    temporary?: number | undefined
    /** Takes the profile at this moment, in simulated milliseconds, beside that of the whole run. */
    momentMs?: number | undefined
    /** Notes when each allocation was, for a trace. */
    trace?: boolean
}

/** The profile of a run until then. */
export type ProfileAtMoment = ProfileFigures & Pick<ProfileReport, "boardTime">

/** A run and who allocated in it. */
export interface ProfiledRun extends RunResult {
    profile: ProfileReport
    /** Absent when none was asked for, or the program was dead by then. */
    atMoment?: ProfileAtMoment
    /** In order of time, the first of them; empty when not asked for. */
    allocations: TracedAllocation[]
    /** Texts of the sources, as far as they are known, by the names the profile has for them. */
    texts: Map<string, string>
}

/**
 * Runs a program as `run` does and charges every allocation, and all time of the board's processor, to
 * its source. The run itself is the same, byte for byte.
 * @param options with `advice`, the profile has `advice`, too; with `atPeak`, what it calls live is what was
 *   live when most was; with `temporary`, it tells what was dropped within so many allocations
 * @param by what the profile is sorted by
 * @throws UserError when the program cannot even start on this heap
 */
export async function profileRun(
    module: WebAssembly.Module,
    options: ProfileRunOptions,
    by: Order = "allocated",
): Promise<ProfiledRun> {
    const adviser = options.advice ? new Adviser(options.program) : undefined
    const profiler = adviser?.profiler ?? new AllocationProfiler()
    const ages = new BlockAges()
    const times = options.trace ? new AllocationTimes(profiler) : undefined
    const within = options.temporary
    const temporary = within === undefined ? undefined : new TemporaryBlocks(profiler, within)
    const hooks: Pick<RunOptions, "observers" | "onEvent" | "onEnd"> = adviser?.hooks(options) ?? {
        ...(options.onEvent && { onEvent: options.onEvent }),
        ...(options.onEnd && { onEnd: options.onEnd }),
        observers: [...(options.observers ?? []), profiler.allocated],
    }
    const { debug, sourceFolder } = options.program
    const places = new Places(new SourceFrames(SourceMap.of(debug), sourceFolder))
    let atMoment: ProfileAtMoment | undefined
    const take = (board: SimulatedBoard) => {
        const live = profiler.live(board.blocks())
        const figures = foldProfile(profiler.paths, { live }, board.work.places(), places, by)
        atMoment = { ...figures, boardTime: { ...board.work.time } }
    }
    let peak: HeapPeak | undefined
    const look = (board: SimulatedBoard) => (peak = board.peak(options.program.debug))
    const result = await run(module, {
        ...{ ...options, ...hooks, placeTimes: true },
        observers: [
            ...(hooks.observers ?? []),
            ages.allocated,
            ...(temporary ? [temporary.allocated] : []),
            ...(times ? [times.allocated] : []),
        ],
        onBoard: board => {
            ages.onBoard(board)
            temporary?.onBoard(board)
            times?.onBoard(board)
            options.onBoard?.(board)
        },
        onEvent: (event: MemoryEvent, board: SimulatedBoard) => {
            hooks.onEvent?.(event, board)
            if (event.kind === "gc") ages.collected()
            if (options.atPeak && event.kind === "panic" && board.death) look(board)
        },
        ...(options.momentMs !== undefined && { moments: [options.momentMs], onMoment: take }),
        ...(options.atPeak && {
            keepsPeak: true,
            onPeak: (made: number) => {
                profiler.peak(made)
                ages.peak(made)
            },
            onEnd: (board: SimulatedBoard) => {
                hooks.onEnd?.(board)
                look(board)
            },
        }),
    })
    const most = peak && blocksOf(peak)
    const live = most ? profiler.liveAtPeak(most) : profiler.live(result.blocks)
    const held = { live, temporary: temporary?.byLeaf(result.blocks) }
    const figures = foldProfile(profiler.paths, held, result.placeTimes, places, by)
    const lives = most ? ages.livesAtPeak(most) : ages.lives(result.blocks, ranMs(result.report))
    const { program, board, vm, simulated, wall, outcome, judgement, boardTime } = result.report
    const texts = new Map<string, string>()
    for (const { path, text } of debug?.sources ?? [])
        if (text !== undefined) texts.set(posix.join(sourceFolder, path), text)
    return {
        ...result,
        texts,
        ...(atMoment && { atMoment }),
        allocations: traceAllocations(times?.noted ?? [], profiler.paths, places),
        profile: {
            ...{ schema: PROFILE_SCHEMA, program, board, vm, simulated, wall, outcome, judgement },
            boardTime,
            ...(peak && { live: "at-peak" as const }),
            ...(within !== undefined && { temporary: { within } }),
            ...figures,
            histograms: histogramsOf(lives),
            ...(adviser && { advice: adviser.advice(result.report, result.growing) }),
        },
    }
}

/** All blocks that were live when most was; tables of the VM's own that are told of as one have no address. */
function blocksOf({ graph, made }: HeapPeak): { address: number; bytes: number }[] {
    return [
        ...graph.nodes.flatMap(({ address, bytes, storage }) => {
            const own = bytes - (storage?.bytes ?? 0)
            return [...(own > 0 ? [{ address, bytes: own }] : []), ...(storage ? [storage] : [])]
        }),
        ...(made ? [made] : []),
    ]
}
