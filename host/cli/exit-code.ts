import type { Outcome } from "../documents/sim-report"
import type { RunResult } from "../simulator/run"
import { EXIT, type ExitCode } from "./command-context"

const FAILED: Outcome["kind"][] = ["panicked", "failed-text", "timed-out"]

/** The exit code of a command that ran one program. `untilText` is the text it was to print. */
export function exitCodeOf(
    { report, interrupted }: Pick<RunResult, "report" | "interrupted">,
    untilText: string | undefined,
): ExitCode {
    const { kind } = report.outcome
    if (FAILED.includes(kind) || report.leaks?.length) return EXIT.failed
    if (report.scenario?.passed === false && !interrupted) return EXIT.failed
    if (interrupted) return EXIT.interrupted
    return untilText !== undefined && kind !== "expected-text" ? EXIT.failed : EXIT.ok
}
