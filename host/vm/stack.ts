import { posix } from "node:path"
import type { StackFrame } from "../report/sim-report"
import type { Program } from "./build"
import { SourceMap } from "./debug-info-source-map"

/** Frames told of: as many as the VM's own trace has. The rest of a deep recursion repeats them. */
const MOST_FRAMES = 30

/**
 * The source of a death's call frames, innermost first.
 * @param programCounters of the frames that were open; each points past its instruction
 * @param thrownAt frames of an exception nobody caught: by the time the VM gives up, it has left them
 */
export function stackOf(
    programCounters: number[],
    thrownAt: { functionIndex: number; pc: number }[],
    { debug, sourceFolder }: Pick<Program, "debug" | "sourceFolder">,
): StackFrame[] {
    if (!debug) return []
    const map = new SourceMap(debug)
    const open = programCounters.slice(0, MOST_FRAMES)
    const frames =
        thrownAt.length > 0
            ? thrownAt.map(frame => map.frameOf(frame.functionIndex, frame.pc))
            : open.map(pc => map.locate(Math.max(0, pc - 1)))
    return frames
        .filter(frame => frame !== undefined)
        .map(frame => ({ ...frame, file: posix.join(sourceFolder, frame.file) }))
}
