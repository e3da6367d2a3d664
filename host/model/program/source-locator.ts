import type { LogLine, StackFrame } from "../figures"
import type { Program } from "./program"
import { traceFrame } from "../runtime-lines"
import { SourceMap } from "./source-map"
import { ExceptionLog } from "./exception-log"
import { SourceFrames } from "./source-frames"

/** Names the lines of source that a board's log speaks of, as far as debug information tells. */
export class SourceLocator {
    private readonly frames: SourceFrames
    private readonly exception = new ExceptionLog()

    constructor(program: Pick<Program, "debug" | "sourceFolder">) {
        const map = SourceMap.of(program.debug)
        this.frames = new SourceFrames(map, program.sourceFolder)
    }

    /** The line as it is, or with its place in the source when it is one of a trace. */
    locate(line: LogLine): LogLine {
        this.exception.add(line)
        const place = line.level === "runtime" ? traceFrame(line) : undefined
        const [frame] = place ? this.frames.stack([], [place]) : []
        return frame ? { ...line, text: `${line.text}  ${placeOf(frame)}` } : line
    }

    /**
     * The frames of a death, innermost first.
     * @param open program counters of the frames that were open
     */
    stackOfDeath(open: number[]): StackFrame[] {
        return this.frames.stack(open, this.exception.frames)
    }
}

function placeOf({ file, line, column }: StackFrame): string {
    return `${file}:${line}:${column}`
}
