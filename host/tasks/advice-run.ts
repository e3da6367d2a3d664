import { Adviser } from "./adviser"
import { reach } from "../analysis/advice/aim"
import type { Aim } from "../documents/aim"
import type { Sink } from "../model/flow"
import { run, type RunOptions, type RunResult } from "../simulator/run"

/**
 * Runs a program as `run` does and looks for what could take less memory: the report has `advice`. The
 * run itself is the same, byte for byte.
 * @param aim what the program is to come down to: only what reaches it is advised
 * @throws UserError when the program cannot even start on this heap
 */
export async function adviseRun(
    module: WebAssembly.Module,
    options: RunOptions,
    sinks: readonly Sink[] = [],
    aim?: Aim,
): Promise<RunResult> {
    const adviser = new Adviser(options.program)
    const result = await run(module, { ...options, ...adviser.hooks(options) }, sinks)
    const advice = adviser.advice(result.report, result.growing)
    const told = aim ? reach(aim, result.report.heap, advice, adviser.prediction) : { advice }
    return { ...result, report: { ...result.report, ...told } }
}
