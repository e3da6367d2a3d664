import { constants, existsSync } from "node:fs"
import { open, type FileHandle } from "node:fs/promises"
import { join } from "node:path"
import { sleep } from "../../base/pause"
import type { Board } from "../../boards/board"
import type { Firmware } from "../../boards/images/firmware"
import {
    checkVolume,
    COPIED_FILE,
    copyBrokenOff,
    copyNotTaken,
    RESTART_MS,
    type BootVolume,
} from "../flash/boot-volume"
import { readBootVolume } from "./boot-volumes"

/** Bytes that are written before the drive is waited for. */
const CHUNK_BYTES = 16_384
const LOOK_MS = 50

export interface CopyOptions {
    board: Board
    firmware: Firmware
    signal?: AbortSignal
    /** How much of it is written: 0 to 1. */
    onProgress?: (part: number) => void
    /** How long the drive may stay once it has all. Milliseconds. */
    restartMs?: number
}

/**
 * Copies firmware to the drive that a board's boot ROM makes of it, and waits until the board has left it: then
 * it has taken all and starts.
 * @throws UserError that says what the board has now, and what to do
 */
export async function copyUf2(volume: BootVolume, options: CopyOptions): Promise<void> {
    const { board, firmware, signal, restartMs = RESTART_MS } = options
    const { file } = firmware
    checkVolume(volume, board)
    let written = 0
    let handle: FileHandle | undefined
    try {
        // Each write waits until the drive has it: else it is the system's memory that is filled.
        const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC
        handle = await open(join(volume.folder, COPIED_FILE), flags | (constants.O_SYNC ?? 0))
        while (written < file.length) {
            signal?.throwIfAborted()
            const chunk = file.subarray(written, written + CHUNK_BYTES)
            written += (await handle.write(chunk)).bytesWritten
            options.onProgress?.(written / file.length)
        }
    } catch (error) {
        throw copyBrokenOff(volume, board, {
            part: written / file.length,
            why: signal?.aborted ? "it was interrupted" : reasonOf(error),
            isThere: existsSync(volume.folder),
        })
    } finally {
        // A board that has all is gone before the file is closed.
        await handle?.close().catch(() => undefined)
    }
    const end = performance.now() + restartMs
    while (readBootVolume(volume.folder)) {
        signal?.throwIfAborted()
        if (performance.now() > end) throw copyNotTaken(volume, board)
        await sleep(LOOK_MS, signal)
    }
}

function reasonOf(error: unknown): string {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === "ENOENT" || code === "ENODEV" || code === "ENXIO" || code === "EIO")
        return "the drive went away: was the cable pulled?"
    if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "you may not write to it"
    if (code === "ENOSPC") return "it is full"
    return message
}
