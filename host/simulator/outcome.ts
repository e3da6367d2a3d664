import { UserError } from "../base/errors"
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
    const heldAt = heaviestLine(death.holders, frames)
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

/** The line of the program whose allocations hold the most; a line can allocate at several places. */
function heaviestLine(holders: AllocationSite[], frames: SourceFrames): HeldAt | undefined {
    const byLine = new Map<string, HeldAt>()
    for (const { pc, liveBytes, blocks } of holders) {
        const frame = frames.at(pc)
        if (!frame) continue
        const line = `${frame.file}:${frame.line}`
        const sum = byLine.get(line) ?? { ...frame, liveBytes: 0, blocks: 0 }
        byLine.set(line, {
            ...sum,
            liveBytes: sum.liveBytes + liveBytes,
            blocks: sum.blocks + blocks,
        })
    }
    return [...byLine.values()].sort((a, b) => b.liveBytes - a.liveBytes)[0]
}
