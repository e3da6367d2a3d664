import { Adviser } from "./adviser"
import type { Sink } from "../model/flow"
import { run, type RunOptions, type RunResult } from "../simulator/run"

/**
 * Runs a program as `run` does and looks for what could take less memory: the report has `advice`. The
 * run itself is the same, byte for byte.
 * @throws UserError when the program cannot even start on this heap
 */
export async function adviseRun(
    module: WebAssembly.Module,
    options: RunOptions,
    sinks: readonly Sink[] = [],
): Promise<RunResult> {
    const adviser = new Adviser(options.program)
    const result = await run(module, { ...options, ...adviser.hooks(options) }, sinks)
    return {
        ...result,
        report: { ...result.report, advice: adviser.advice(result.report, result.growing) },
    }
}
