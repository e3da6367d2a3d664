import { closeSync, openSync, writeSync } from "node:fs"
import { UserError } from "../base/errors"
import type { LogLine } from "../documents/sim-report"

/** A program's whole log in a file: time in milliseconds, level and text, with tabs between. */
export class LogFile {
    private readonly file: number
    private pending = ""

    /** @throws UserError when the file cannot be written */
    constructor(private readonly path: string) {
        this.file = this.attempt(() => openSync(path, "w"))
    }

    add({ atMs, level, text }: LogLine): void {
        this.pending += `${atMs}\t${level}\t${text}\n`
    }

    /** Writes what has come since the last time. @throws UserError when the file cannot be written */
    flush(): void {
        if (this.pending === "") return
        this.attempt(() => writeSync(this.file, this.pending))
        this.pending = ""
    }

    close(): void {
        closeSync(this.file)
    }

    private attempt<T>(action: () => T): T {
        try {
            return action()
        } catch (error) {
            throw new UserError(`${this.path} cannot be written: ${(error as Error).message}`)
        }
    }
}
