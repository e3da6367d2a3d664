import type { LogLine } from "../figures"

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
        const frame = /^\* {2}at \w*_F(\d+) \(pc:(\d+)\)$/.exec(text)
        if (frame) this.frames.push({ functionIndex: Number(frame[1]), pc: Number(frame[2]) })
    }
}
