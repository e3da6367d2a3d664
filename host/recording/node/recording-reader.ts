import { closeSync, readSync } from "node:fs"
import * as v from "valibot"
import { UserError } from "../../base/errors"
import { reasonOf } from "../../base/node/destination"
import { openToRead } from "../../base/node/read-file"
import type { MemoryEvent } from "../../model/events"
import {
    EARLIER_KINDS,
    EVENT_KINDS,
    EventSchema,
    HeaderSchema,
    MAX_LINE_BYTES,
    RECORDING_SCHEMA,
    type RecordingHeader,
} from "../../documents/recording-format"
import { openLine } from "../recording-line"
import { nativeCrc } from "./native-crc"
import { isPacked, PACKED_START_BYTES, unpack } from "./packed"

const CHUNK_BYTES = 1 << 16
const NEWLINE = 0x0a

/** What a reader left out, and why. */
export interface Skipped {
    /** Lines whose check, JSON or figures are wrong. */
    damagedLines: number
    /** Numbers of the first of them, from 1, the header being line 1. */
    firstDamaged: number[]
    /** Whole events of a kind that a newer version must have written. */
    unknownEvents: number
    /** Parts of a packed one, each up to some 256 KiB of lines, that are damaged: all in them is left out. */
    damagedParts: number
    /** Bytes after the last line break: what a killed writer did not finish. */
    tornBytes: number
}

const MAX_NAMED_LINES = 5

/** Reads a recording from its start, in bounded memory however long it is. */
export class RecordingReader {
    readonly header: RecordingHeader
    /** Grows while `events` is read. */
    readonly skipped: Skipped = {
        damagedLines: 0,
        firstDamaged: [],
        damagedParts: 0,
        unknownEvents: 0,
        tornBytes: 0,
    }
    private lineNumber = 0
    private readonly file: number
    private readonly isPacked: boolean
    private readonly lines: Generator<string | undefined>

    /** @throws UserError when there is no such file, or it is not a recording of a known version */
    constructor(private readonly path: string) {
        this.file = openToRead(path)
        this.lines = this.readLines()
        try {
            this.isPacked = this.startsPacked()
            this.header = this.readHeader()
        } catch (error) {
            closeSync(this.file)
            throw error
        }
    }

    /** Every event that is whole, in the file's order. Closes the file at its end; read it once. */
    *events(): Generator<MemoryEvent> {
        try {
            for (const line of this.lines) {
                const event = line === undefined ? this.damaged() : this.readEvent(line)
                if (event) yield event
            }
        } finally {
            closeSync(this.file)
        }
    }

    private readHeader(): RecordingHeader {
        const line = this.lines.next().value as string | undefined
        const found = line === undefined ? undefined : this.open(line)
        const result = v.safeParse(HeaderSchema, found)
        if (result.success) return result.output
        const schema = found && "schema" in found ? String(found.schema) : ""
        if (schema.startsWith("heapscope/recording@") && schema !== RECORDING_SCHEMA)
            throw new UserError(
                "E_RECORDING",
                `${this.path} is a recording of another version: this heapscope reads ${RECORDING_SCHEMA}, not ${schema.slice(0, 40)}.`,
            )
        throw new UserError(
            "E_RECORDING",
            `${this.path} is not a recording: its first line is no whole header of ${RECORDING_SCHEMA}. Make one with \`heapscope sim --record <file>\`.`,
        )
    }

    private readEvent(line: string): MemoryEvent | undefined {
        const found = this.open(line) as { kind?: unknown } | undefined
        if (!found || typeof found.kind !== "string") return this.damaged()
        const kind = EARLIER_KINDS.get(found.kind) ?? found.kind
        if (!EVENT_KINDS.has(kind)) {
            this.skipped.unknownEvents++
            return undefined
        }
        const result = v.safeParse(EventSchema, { ...found, kind }, { abortEarly: true })
        return result.success ? result.output : this.damaged()
    }

    private damaged(): undefined {
        const { skipped, lineNumber } = this
        skipped.damagedLines++
        if (skipped.firstDamaged.length < MAX_NAMED_LINES) skipped.firstDamaged.push(lineNumber)
    }

    /** The file's whole lines; undefined for one that is too long to be one. */
    private *readLines(): Generator<string | undefined> {
        let parts: Buffer[] = []
        let bytes = 0
        for (const chunk of this.chunks()) {
            let start = 0
            for (;;) {
                const end = chunk.indexOf(NEWLINE, start)
                const part = chunk.subarray(start, end < 0 ? chunk.length : end)
                bytes += part.length
                // Of a line that is too long only its length is kept.
                if (bytes > MAX_LINE_BYTES) parts = []
                else parts.push(end < 0 ? Buffer.from(part) : part)
                if (end < 0) break
                this.lineNumber++
                yield bytes > MAX_LINE_BYTES ? undefined : Buffer.concat(parts).toString("utf8")
                parts = []
                bytes = 0
                start = end + 1
            }
        }
        this.skipped.tornBytes = bytes
    }

    /** The text, in pieces that are good until the next is asked for. */
    private *chunks(): Generator<Buffer> {
        if (this.isPacked)
            return yield* unpack(
                chunk => this.read(chunk),
                () => this.skipped.damagedParts++,
            )
        const chunk = Buffer.alloc(CHUNK_BYTES)
        for (let read = this.read(chunk); read > 0; read = this.read(chunk))
            yield chunk.subarray(0, read)
    }

    /** What a line holds; undefined when it is damaged. One that was packed has no check of its own. */
    private open(line: string): object | undefined {
        if (!this.isPacked) return openLine(line, nativeCrc)
        try {
            return JSON.parse(line) as object
        } catch {
            return undefined
        }
    }

    private startsPacked(): boolean {
        const start = Buffer.alloc(PACKED_START_BYTES)
        try {
            readSync(this.file, start, 0, start.length, 0)
        } catch {
            // Whoever reads on tells of it.
        }
        return isPacked(start)
    }

    private read(chunk: Buffer): number {
        try {
            return readSync(this.file, chunk)
        } catch (error) {
            throw new UserError("E_READ", `${this.path} cannot be read: ${reasonOf(error)}`)
        }
    }
}

/** What was left out, in words; undefined when nothing was. */
export function describeSkipped(path: string, skipped: Skipped): string | undefined {
    const parts: string[] = []
    const { damagedLines, firstDamaged, damagedParts, unknownEvents, tornBytes } = skipped
    if (damagedLines > 0) {
        const more = damagedLines > firstDamaged.length ? ", …" : ""
        parts.push(`${plural(damagedLines, "damaged line")} (${firstDamaged.join(", ")}${more})`)
    }
    if (damagedParts > 0)
        parts.push(`${plural(damagedParts, "damaged part")} with all the lines in it`)
    if (unknownEvents > 0)
        parts.push(`${plural(unknownEvents, "event")} of a kind this version does not know`)
    if (tornBytes > 0)
        parts.push(`${plural(tornBytes, "byte")} of a line that was never finished, at the end`)
    return parts.length === 0 ? undefined : `${path}: left out ${parts.join(", ")}.`
}

function plural(count: number, noun: string): string {
    return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`
}
