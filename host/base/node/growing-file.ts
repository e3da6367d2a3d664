import { closeSync, constants, fsyncSync, ftruncateSync, openSync, unlinkSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import type { UserError } from "../errors"
import { cannotWrite, destinationOf, type Destination } from "./destination"
import { openDevice, pause, writeSome } from "./write-bytes"

/** How long one call waits for a reader that is too slow. Milliseconds. */
const PATIENCE_MS = 300
const RETRY_MS = 5
/** What a reader that is too slow may be behind, in bytes. */
const MAX_BEHIND_BYTES = 64 << 20

/**
 * A file that grows while something goes on, line by line: who reads it meanwhile sees what has happened.
 * It is opened at once, so that a path that cannot be written is told of before a long run, and keeps what
 * is in it until `begin`. A device, a FIFO, `/dev/stdout` and a shell's `>(command)` are written to.
 */
export class GrowingFile {
    private readonly destination: Destination
    private readonly fd: number
    /** Not written yet: all that is left when a reader is too slow. */
    private pending: Uint8Array[] = []
    private behind = 0
    /** Bytes of an ordinary file up to the end of what was whole. */
    private whole = 0
    private begun = false
    private failure: UserError | undefined

    /** @throws UserError when the path cannot be written; so do all methods */
    constructor(private readonly path: string) {
        this.destination = destinationOf(path)
        this.fd = this.attempt(() => {
            const { destination } = this
            if (destination.kind === "descriptor") return destination.fd
            if (destination.kind === "device") return openDevice(destination.path)
            return openSync(destination.path, constants.O_WRONLY | constants.O_CREAT, 0o666)
        })
    }

    /** Takes away what was in the file before. */
    begin(): void {
        if (this.begun) return
        this.begun = true
        if (this.destination.kind === "file") this.attempt(() => ftruncateSync(this.fd, 0))
    }

    /** Adds whole lines. Of what does not fit on a full disk nothing is added. */
    write(lines: string | Uint8Array): void {
        if (this.failure) throw this.failure
        this.begin()
        const bytes = typeof lines === "string" ? Buffer.from(lines) : lines
        this.pending.push(bytes)
        this.behind += bytes.length
        try {
            this.drain(PATIENCE_MS)
            if (this.behind === 0) this.whole += bytes.length
            else if (this.behind > MAX_BEHIND_BYTES) throw new Error("its reader is too slow")
        } catch (error) {
            this.failure = cannotWrite(this.path, error)
            this.cutBack()
            throw this.failure
        }
    }

    /** Has the disk take what was written. */
    sync(): void {
        if (this.destination.kind !== "file") return
        this.attempt(() => fsyncSync(this.fd))
    }

    /** Waits for a reader that is behind. A file that was made and not begun is removed. */
    async close(): Promise<void> {
        const { destination, failure } = this
        try {
            while (this.behind > 0 && !failure) {
                this.attempt(() => this.drain(0))
                await sleep(RETRY_MS)
            }
        } finally {
            if (destination.kind !== "descriptor") this.attempt(() => closeSync(this.fd))
            if (destination.kind === "file" && !destination.stats && !this.begun)
                this.attempt(() => unlinkSync(destination.path))
        }
    }

    private drain(patienceMs: number): void {
        const until = performance.now() + patienceMs
        while (this.pending.length > 0) {
            const first = this.pending[0]!
            const written = writeSome(this.fd, first, 0)
            this.behind -= written
            if (written === first.length) this.pending.shift()
            else this.pending[0] = first.subarray(written)
            if (written > 0) continue
            if (performance.now() >= until) return
            pause(RETRY_MS)
        }
    }

    /** Half a line tells less than none. */
    private cutBack(): void {
        this.pending = []
        this.behind = 0
        if (this.destination.kind !== "file") return
        try {
            ftruncateSync(this.fd, this.whole)
        } catch {
            // What went wrong before is what to tell.
        }
    }

    private attempt<T>(action: () => T): T {
        try {
            return action()
        } catch (error) {
            throw cannotWrite(this.path, error)
        }
    }
}
