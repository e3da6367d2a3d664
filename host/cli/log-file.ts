import { GrowingFile } from "../base/node/growing-file"
import { sanitize } from "../base/sanitize"
import type { LogLine } from "../documents/sim-report"

/** A program's whole log in a file: time in milliseconds, level and text, with tabs between, a line each. */
export class LogFile {
    private readonly file: GrowingFile
    private pending = ""

    /** @throws UserError when the file cannot be written; so do all methods */
    constructor(path: string) {
        this.file = new GrowingFile(path)
    }

    /** The run begins: what is in the file goes. */
    begin(): void {
        this.file.begin()
    }

    add({ atMs, level, text }: LogLine): void {
        this.pending += `${atMs}\t${level}\t${sanitize(text)}\n`
    }

    /** Writes what has come since the last time. */
    flush(): void {
        if (this.pending === "") return
        const lines = this.pending
        this.pending = ""
        this.file.write(lines)
    }

    close(): Promise<void> {
        return this.file.close()
    }
}
