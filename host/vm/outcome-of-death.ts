import { UserError } from "../errors"
import type { TrendFinder } from "../heap/trend"
import { explainPanic } from "../report/explain"
import type { Outcome } from "../report/sim-report"
import { formatBytesExact } from "../report/units"
import type { Program } from "./build"
import type { ExceptionLog } from "./exception-log"
import type { Death } from "./simulated-board"
import { stackOf } from "./stack"

/**
 * What a program died of, with the source it died in.
 * @throws UserError when it never started: then it is the heap that is wrong
 */
export function outcomeOfDeath(
    death: Death,
    program: Program,
    exception: ExceptionLog,
    trend: TrendFinder,
): Outcome {
    const { code, atMs, requestedBytes, heap } = death
    if (death.beforeStart)
        throw new UserError(
            `a heap with ${formatBytesExact(heap.capacityBytes)} for blocks is too small for this program to start: ` +
                `it asked for ${formatBytesExact(requestedBytes ?? 0)} with ` +
                `${formatBytesExact(heap.largestFreeBytes)} free before its first line ran. Give it more with --heap.`,
        )
    const { panicName, verdict, message } = explainPanic({
        code,
        ...(exception.text !== undefined && { exception: exception.text }),
        ...(requestedBytes !== undefined && {
            outOfMemory: {
                heap,
                requestedBytes,
                trend: trend.trend(),
                firstLiveBytes: trend.firstLiveBytes,
                atMs,
            },
        }),
    })
    const ranOut = panicName === "out-of-memory" && requestedBytes !== undefined
    return {
        kind: "panicked",
        panicCode: code,
        panicName,
        atMs,
        ...(ranOut && { requestedBytes }),
        verdict,
        message,
        stack: stackOf(death.programCounters, exception.frames, program),
    }
}
