import {
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
    statSync,
} from "node:fs"
import { join } from "node:path"
import { crc32, crc32Hex } from "../../../base/crc32"
import { UserError } from "../../../base/errors"
import { reasonOf } from "../../../base/node/destination"

/** So many batches wait in memory: whoever takes them at once costs the disk nothing. */
const IN_MEMORY = 4
const FILE = /^(\d{12})-(\d{1,9})-([\da-f]{8})\.batch$/

/** Names the process whose folder it is. */
const LOCK = "lock"

/** What is to be sent at once. */
export interface Batch {
    body: Uint8Array
    /** Readings in it. */
    readings: number
}

/** A batch in its place: in memory, or in a file that tells its own number, its readings and its sum. */
interface Kept {
    number: number
    readings: number
    bytes: number
    body?: Uint8Array | undefined
    file?: string
}

/**
 * Batches in the order in which they came, the first of them on disk when nobody takes them, up to a limit:
 * then the oldest go, and are counted. What is on disk outlasts the process.
 */
export class DurableQueue {
    /** Readings that were given up: too many to keep, or damaged on disk. */
    dropped = 0
    /** Readings that wait. */
    waiting = 0
    private readonly kept: Kept[] = []
    private bytes = 0
    private next = 1
    /** The first one is on its way: it is not given up meanwhile. */
    private isOut = false

    /**
     * @param folder its own; made when something is to be kept
     * @param limitBytes of all that waits
     * @throws UserError when the folder cannot be used, or another process uses it
     */
    constructor(
        private readonly folder: string,
        private readonly limitBytes: number,
    ) {
        this.lock()
        for (const file of this.files()) {
            const [, number = "", readings = ""] = FILE.exec(file) ?? []
            this.add({
                ...{ number: Number(number), readings: Number(readings) },
                ...{ bytes: statSync(join(folder, file)).size, file },
            })
            this.next = Number(number) + 1
        }
    }

    push({ body, readings }: Batch): void {
        this.add({ number: this.next++, readings, bytes: body.length, body })
        if (this.kept.length > IN_MEMORY) this.spill()
        const oldest = Number(this.isOut)
        while (this.bytes > this.limitBytes && this.kept.length > oldest + 1) this.drop(oldest)
    }

    /** The oldest one, which stays until `shift` or `drop` is called; undefined when there is none. */
    first(): Batch | undefined {
        for (let first = this.kept[0]; first; first = this.kept[0]) {
            const body = first.body ?? this.read(first)
            if (body) {
                this.isOut = true
                return { body, readings: first.readings }
            }
            this.drop(0)
        }
        return undefined
    }

    /** The oldest one was taken. */
    shift(): void {
        this.isOut = false
        this.remove(0)
    }

    /** What waits goes to disk, and the folder is anybody's. */
    close(): void {
        this.spill()
        rmSync(join(this.folder, LOCK), { force: true })
    }

    private drop(index: number): void {
        this.dropped += this.remove(index)?.readings ?? 0
    }

    private add(kept: Kept): void {
        this.kept.push(kept)
        this.bytes += kept.bytes
        this.waiting += kept.readings
    }

    private remove(index: number): Kept | undefined {
        const [first] = this.kept.splice(index, 1)
        if (!first) return undefined
        this.bytes -= first.bytes
        this.waiting -= first.readings
        if (first.file !== undefined) rmSync(join(this.folder, first.file), { force: true })
        return first
    }

    /** What waits goes to disk. What cannot be written stays in memory: the limit holds there, too. */
    spill(): void {
        try {
            for (const kept of this.kept) if (kept.body) this.write(kept, kept.body)
        } catch {
            // A disk that is full, most of all: the next batch tries again.
        }
    }

    private write(kept: Kept, body: Uint8Array): void {
        const number = String(kept.number).padStart(12, "0")
        const file = `${number}-${kept.readings}-${crc32Hex(body)}.batch`
        const path = join(this.folder, file)
        // One that is there is whole, whenever the process is killed.
        writeFileSync(`${path}.part`, body, { mode: 0o600 })
        renameSync(`${path}.part`, path)
        kept.file = file
        kept.body = undefined
    }

    private read({ file = "" }: Kept): Uint8Array | undefined {
        try {
            const body = new Uint8Array(readFileSync(join(this.folder, file)))
            const [, , , sum = ""] = FILE.exec(file) ?? []
            return crc32(body) === parseInt(sum, 16) ? body : undefined
        } catch {
            return undefined
        }
    }

    /** Whole files, the oldest first; what a kill has left of others goes. */
    private files(): string[] {
        const files = readdirSync(this.folder)
        for (const part of files.filter(file => file.endsWith(".part")))
            rmSync(join(this.folder, part), { force: true })
        return files.filter(file => FILE.test(file)).sort()
    }

    private lock(): void {
        const path = join(this.folder, LOCK)
        try {
            mkdirSync(this.folder, { recursive: true, mode: 0o700 })
            if (existsSync(path)) {
                const owner = Number(readFileSync(path, "utf8"))
                if (isAlive(owner)) throw taken(this.folder, owner)
            }
            writeFileSync(path, String(process.pid), { mode: 0o600 })
        } catch (error) {
            if (error instanceof UserError) throw error
            throw new UserError("E_WRITE", `${this.folder} cannot be used: ${reasonOf(error)}`)
        }
    }
}

function taken(folder: string, pid: number): UserError {
    return new UserError(
        "E_STORE",
        `${folder} is the store of another heapscope fleet, process ${pid}: name another folder with --store.`,
    )
}

function isAlive(pid: number): boolean {
    if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
    try {
        process.kill(pid, 0)
        return true
    } catch (error) {
        // It is there, and another user's.
        return (error as NodeJS.ErrnoException).code === "EPERM"
    }
}
