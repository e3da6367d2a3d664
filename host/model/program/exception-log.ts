import type { LogLine } from "../figures"
import { traceFrame } from "../runtime-lines"

/** What the VM logs of an exception nobody caught (`devs_dump_exception` in its `try.c`). */
export class ExceptionLog {
    /** `TypeError: ...` as far as the log has told. */
    text: string | undefined
    /** Frames as the VM names them: number of the function, and pc from its start. */
    frames: { functionIndex: number; pc: number }[] = []
    private class = "exception"

    add({ level, text }: LogLine): void {
        if (level !== "runtime") return
        const named = /^\* {1,2}(Exception|message): (.*)$/s.exec(text)
        if (named?.[1] === "Exception") {
            this.text = this.class = named[2]!
            this.frames = []
        }
        if (named?.[1] === "message") this.text = `${this.class}: ${named[2]!}`
        // The frames of a panic are still there when it is told of; those of an exception are left.
        const frame = text.startsWith("*") ? traceFrame({ level, text }) : undefined
        if (frame) this.frames.push(frame)
    }
}
