import { GrowingFile } from "../../base/node/growing-file"
import { sanitize } from "../../base/sanitize"
import type { MemoryEvent } from "../../model/events"
import type { Sink } from "../../model/flow"

/** A line waits this long at most, unless none comes after it. Milliseconds. */
const WRITE_MS = 40
/** More than this is written at once, characters. */
const MAX_PENDING = 1 << 16

/** A program's whole log in a file: time in milliseconds, level and text, with tabs between, a line each. */
export class LogFile implements Sink {
    private readonly file: GrowingFile
    private pending = ""
    private writtenAt = performance.now()

    /** @throws UserError when the file cannot be written; so do all methods */
    constructor(path: string) {
        this.file = new GrowingFile(path)
    }

    /** The run begins: what is in the file goes. */
    begin(): void {
        this.file.begin()
    }

    add(event: MemoryEvent): void {
        if (event.kind !== "log") return
        const { atMs, level, text } = event
        this.pending += `${atMs}\t${level}\t${sanitize(text)}\n`
        if (this.pending.length > MAX_PENDING || performance.now() - this.writtenAt >= WRITE_MS)
            this.flush()
    }

    private flush(): void {
        this.writtenAt = performance.now()
        if (this.pending === "") return
        const lines = this.pending
        this.pending = ""
        this.file.write(lines)
    }

    async close(): Promise<void> {
        this.flush()
        await this.file.close()
    }
}
