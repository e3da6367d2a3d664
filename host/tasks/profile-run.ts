import { posix } from "node:path"
import type { Order } from "../documents/cost"
import { foldProfile } from "../analysis/profile/fold-profile"
import { Places } from "../analysis/profile/source-places"
import { PROFILE_SCHEMA, type ProfileReport } from "../documents/profile-report"
import { Adviser } from "./adviser"
import { AllocationProfiler } from "../simulator/observers/allocation-profiler"
import { SourceMap } from "../model/program/source-map"
import { SourceFrames } from "../model/program/source-frames"
import { run, type RunOptions, type RunResult } from "../simulator/run"

/** A run and who allocated in it. */
export interface ProfiledRun extends RunResult {
    profile: ProfileReport
    /** Texts of the sources, as far as they are known, by the names the profile has for them. */
    texts: Map<string, string>
}

/**
 * Runs a program as `run` does and charges every allocation, and all time of the board's processor, to
 * its source. The run itself is the same, byte for byte.
 * @param options with `advice`, the profile has `advice`, too
 * @param by what the profile is sorted by
 * @throws UserError when the program cannot even start on this heap
 */
export async function profileRun(
    module: WebAssembly.Module,
    options: RunOptions & { advice?: boolean },
    by: Order = "allocated",
): Promise<ProfiledRun> {
    const adviser = options.advice ? new Adviser(options.program) : undefined
    const profiler = adviser?.profiler ?? new AllocationProfiler()
    const hooks = adviser?.hooks(options) ?? {
        observers: [...(options.observers ?? []), profiler.allocated],
    }
    const result = await run(module, { ...options, ...hooks, placeTimes: true })
    const { debug, sourceFolder } = options.program
    const frames = new SourceFrames(SourceMap.of(debug), sourceFolder)
    const live = profiler.live(result.blocks)
    const figures = foldProfile(profiler.paths, live, result.placeTimes, new Places(frames), by)
    const { program, board, vm, simulated, wall, outcome, judgement, boardTime } = result.report
    const texts = new Map<string, string>()
    for (const { path, text } of debug?.sources ?? [])
        if (text !== undefined) texts.set(posix.join(sourceFolder, path), text)
    return {
        ...result,
        texts,
        profile: {
            ...{ schema: PROFILE_SCHEMA, program, board, vm, simulated, wall, outcome, judgement },
            boardTime,
            ...figures,
            ...(adviser && { advice: adviser.advice(result.report, result.growing) }),
        },
    }
}
