import type { Sample, SimReport } from "../documents/sim-report"
import { loadVm } from "../simulator/node/load-vm"
import { run } from "../simulator/run"
import { adviseRun } from "../tasks/advice-run"
import { AllocatingLines, type AllocatingLine } from "../tasks/allocating-lines"
import { programOf, type ProgramOrEntry } from "./program"
import { readRunSettings, type RunSettings } from "./run-settings"

export interface SimulateOptions extends RunSettings {
    /** Looks for what never stops growing: the result has `leaks`. Give it ten simulated minutes. */
    leaks?: boolean
    /** Looks for what could take less memory: the result has `advice`. */
    advice?: boolean
    /** Ends the run: it rejects with the signal's reason. */
    signal?: AbortSignal
}

/** The report of a run, with what only a program wants of it. */
export interface Simulation extends SimReport {
    samples: Sample[]
    /** Every line that allocated, heaviest first; call frames, timers and the runtime left out. */
    allocatingLines: AllocatingLine[]
}

/**
 * Runs a program on a simulated board, for simulated time, and reports its memory to the byte. The same
 * program, board, seed and time give the same result, `wall` aside.
 * @param program as `build` made it, or an entry: it is built first
 * @throws HeapscopeError for bad settings, a program that does not build or cannot begin on this heap. A
 * program that dies is no error: `outcome` says of what
 */
export async function simulate(
    program: ProgramOrEntry,
    options: SimulateOptions = {},
): Promise<Simulation> {
    const { leaks, advice, signal } = options
    const settings = readRunSettings(options, program)
    const built = await programOf(program, options)
    const lines = new AllocatingLines(built)
    const { report, samples } = await (advice ? adviseRun : run)(loadVm(), {
        ...settings,
        ...lines.hooks,
        program: built,
        leaks: !!leaks,
        ...(signal && { signal }),
    })
    signal?.throwIfAborted()
    return { ...report, samples, allocatingLines: lines.lines() }
}
