import { GrowingFile } from "../../base/node/growing-file"
import type { MemoryEvent } from "../../model/events"
import { RECORDING_SCHEMA, type RecordingHeader } from "../../documents/recording-format"
import { escapeUnseen } from "../../base/json"
import { sealLines, unsealedLine } from "../recording-line"
import { Packer } from "./packed"

/** The longest an event waits in the process before the operating system has it, ms. */
const WRITE_MS = 250
/** The longest it waits there before the disk has it, ms. */
const SYNC_MS = 1000
/** More than this is written at once, characters. */
const MAX_PENDING = 1 << 16

/**
 * Writes a recording as it happens. A process that is killed loses what came in its last 250 ms at
 * most, a machine that loses power its last 1.25 s; what was written before stays readable. One whose name
 * ends in `.gz` is packed.
 */
export class RecordingWriter {
    private readonly file: GrowingFile
    private readonly packer: Packer | undefined
    private readonly timer: NodeJS.Timeout
    /** Lines that are not sealed yet. */
    private pending = ""
    private writtenAt = performance.now()
    private syncedAt = this.writtenAt
    private isSynced = true
    private isOpen = true
    /** What went wrong: all that comes after is refused. */
    private failure: unknown

    /** @throws UserError when the file cannot be written; so do all methods */
    constructor(
        path: string,
        { program, board, vm }: Omit<RecordingHeader, "schema" | "startedAt">,
    ) {
        this.file = new GrowingFile(path)
        this.packer = path.endsWith(".gz") ? new Packer() : undefined
        const header: RecordingHeader = {
            schema: RECORDING_SCHEMA,
            program: { entry: program.entry },
            board: { id: board.id, chip: board.chip, heapBytes: board.heapBytes },
            vm,
            startedAt: new Date().toISOString(),
        }
        this.pending = this.lineOf(header)
        this.write()
        // In a member of its own: damage to what follows leaves it.
        this.endPacked()
        this.sync()
        this.timer = setInterval(() => this.tickAlone(), WRITE_MS)
        // A recording alone is no reason to go on.
        this.timer.unref()
    }

    add(event: MemoryEvent): void {
        this.tell()
        this.pending += this.lineOf(event)
        // A simulated board can keep the process too busy for its timers.
        if (this.pending.length > MAX_PENDING || performance.now() - this.writtenAt >= WRITE_MS)
            this.tick()
    }

    /** Writes what is left and ends the recording. */
    async close(): Promise<void> {
        if (!this.isOpen) return
        this.isOpen = false
        clearInterval(this.timer)
        try {
            this.tell()
            this.write()
            this.endPacked()
            this.sync()
        } finally {
            await this.file.close()
        }
    }

    private tell(): void {
        if (this.failure) throw this.failure
    }

    private tickAlone(): void {
        try {
            this.tick()
        } catch {
            // Kept for who calls next.
        }
    }

    private tick(): void {
        this.write()
        if (performance.now() - this.syncedAt >= SYNC_MS) this.sync()
    }

    private write(): void {
        this.writtenAt = performance.now()
        if (this.pending === "") return
        const lines = this.pending
        this.pending = ""
        this.isSynced = false
        this.attempt(() =>
            this.file.write(this.packer?.add(escapeUnseen(lines)) ?? sealLines(lines)),
        )
    }

    private endPacked(): void {
        const { packer } = this
        if (packer) this.attempt(() => this.file.write(packer.end()))
    }

    /** A packed line needs no check of its own: what it is packed in has one. */
    private lineOf(value: object): string {
        return this.packer ? `${JSON.stringify(value)}\n` : unsealedLine(value)
    }

    private sync(): void {
        this.syncedAt = performance.now()
        if (this.isSynced) return
        this.isSynced = true
        this.attempt(() => this.file.sync())
    }

    private attempt(action: () => void): void {
        try {
            action()
        } catch (error) {
            this.failure ??= error
            throw error
        }
    }
}
