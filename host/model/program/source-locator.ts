import type { LogLine, StackFrame } from "../figures"
import type { Program } from "./program"
import { SourceMap } from "./source-map"
import { ExceptionLog } from "./exception-log"
import { SourceFrames } from "./source-frames"

/** A frame in the VM's trace of an exception (`devs_dump_exception` in its `try.c`). */
const TRACE_LINE = /^\* {2}at \w*_F(\d+) \(pc:(\d+)\)$/

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
        const trace = TRACE_LINE.exec(line.text)
        if (!trace) return line
        const thrown = { functionIndex: Number(trace[1]), pc: Number(trace[2]) }
        const [frame] = this.frames.stack([], [thrown])
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
