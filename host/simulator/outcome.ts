import { UserError } from "../base/errors"
import { heaviestLines } from "../analysis/leaks/heaviest-lines"
import { explainPanic } from "../analysis/outcome/panic"
import type { HeldAt, Outcome } from "../documents/sim-report"
import { formatBytesExact } from "../base/format-units"
import type { AllocationSite } from "./allocation-sites"
import type { ExceptionLog } from "../model/program/exception-log"
import type { SourceFrames } from "../model/program/source-frames"
import type { Death } from "./simulated-board"

/**
 * What a program died of, with the source it died in.
 * @throws UserError when it never started: then it is the heap that is wrong
 */
export function outcomeOfDeath(
    death: Death,
    exception: ExceptionLog,
    frames: SourceFrames,
): Outcome {
    const { code, atMs, requestedBytes, heap } = death
    if (death.beforeStart)
        throw new UserError(
            "E_HEAP_TOO_SMALL",
            `a heap with ${formatBytesExact(heap.capacityBytes)} for blocks is too small for this program to start: ` +
                `it asked for ${formatBytesExact(requestedBytes ?? 0)} with ` +
                `${formatBytesExact(heap.largestFreeBytes)} free before its first line ran. Give it more with --heap.`,
        )
    const heldAt = heldMost(death.holders, frames)
    const { panicName, verdict, message } = explainPanic({
        code,
        ...(exception.text !== undefined && { exception: exception.text }),
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
        stack: frames.stack(death.programCounters, exception.frames),
        ...(ranOut && heldAt && { heldAt }),
    }
}

/** The line of the program whose allocations hold the most. */
function heldMost(holders: readonly AllocationSite[], frames: SourceFrames): HeldAt | undefined {
    const parts = holders.map(({ pc, liveBytes, blocks }) => ({ pc, bytes: liveBytes, blocks }))
    const [most] = heaviestLines(parts, pc => frames.at(pc))
    return most && { ...most.frame, liveBytes: most.bytes, blocks: most.blocks }
}
