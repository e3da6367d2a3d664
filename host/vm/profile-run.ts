import { posix } from "node:path"
import type { Metric } from "../profile/cost"
import { foldProfile } from "../profile/fold"
import { Places } from "../profile/places"
import { PROFILE_SCHEMA, type ProfileReport } from "../profile/profile-report"
import { AllocationProfiler } from "./allocation-profiler"
import { SourceMap } from "./debug-info-source-map"
import { FrameFinder } from "./frame-finder"
import { run, type RunOptions, type RunResult } from "./run"

/** A run and who allocated in it. */
export interface ProfiledRun extends RunResult {
    profile: ProfileReport
    /** Texts of the sources, as far as they are known, by the names the profile has for them. */
    texts: Map<string, string>
}

/**
 * Runs a program as `run` does and charges every allocation to its source. The run itself is the
 * same, byte for byte.
 * @param by what the profile is sorted by
 * @throws UserError when the program cannot even start on this heap
 */
export async function profileRun(
    module: WebAssembly.Module,
    options: Omit<RunOptions, "onAllocated">,
    by: Metric = "allocated",
): Promise<ProfiledRun> {
    const profiler = new AllocationProfiler()
    const result = await run(module, { ...options, onAllocated: profiler.allocated })
    const { debug, sourceFolder } = options.program
    const frames = new FrameFinder(debug && new SourceMap(debug), sourceFolder)
    const live = profiler.live(result.blocks)
    const figures = foldProfile(profiler.paths, live, new Places(frames), by)
    const { program, board, vm, simulated, wall, outcome } = result.report
    const texts = new Map<string, string>()
    for (const { path, text } of debug?.sources ?? [])
        if (text !== undefined) texts.set(posix.join(sourceFolder, path), text)
    return {
        ...result,
        texts,
        profile: {
            ...{ schema: PROFILE_SCHEMA, program, board, vm, simulated, wall, outcome },
            ...figures,
        },
    }
}
