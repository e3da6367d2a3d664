import { UserError } from "../../base/errors"
import { sleep } from "../../base/pause"
import type { Board } from "../../boards/board"
import type { Firmware } from "../../boards/images/firmware"
import {
    boardIdOf,
    checkVolume,
    COPIED_FILE,
    copyBrokenOff,
    copyNotTaken,
    INFO_FILE,
    RESTART_MS,
    type BootVolume,
} from "../../link/flash/boot-volume"

/** Bytes that are written before the next are: progress is told in between. */
const CHUNK_BYTES = 16_384
const LOOK_MS = 100

export interface WriteOptions {
    board: Board
    firmware: Firmware
    signal: AbortSignal
    /** How much of it is written: 0 to 1. */
    onProgress: (part: number) => void
    /** How long the drive may stay once it has all. Milliseconds. */
    restartMs?: number
}

/**
 * Writes firmware to the drive that a board's boot ROM makes of it, which somebody has chosen, and waits until
 * the board has left it: then it has taken all and starts.
 * @throws UserError that says what the board has now, and what to do
 */
export async function writeUf2(
    folder: FileSystemDirectoryHandle,
    { board, firmware, signal, onProgress, restartMs = RESTART_MS }: WriteOptions,
): Promise<void> {
    const volume = await volumeOf(folder)
    if (!volume)
        throw new UserError(
            "E_BOOT_MODE",
            `${nameOf(folder)} is not the drive of a board in its boot mode: it has no ${INFO_FILE}. Nothing was written. ${board.firmware.bootMode.enter.join(" ")} Then choose the drive ${board.firmware.bootMode.volume}.`,
        )
    checkVolume(volume, board)
    const { file } = firmware
    let written = 0
    let out: FileSystemWritableFileStream | undefined
    try {
        const handle = await folder.getFileHandle(COPIED_FILE, { create: true })
        out = await handle.createWritable()
        while (written < file.length) {
            signal.throwIfAborted()
            const chunk = file.subarray(written, written + CHUNK_BYTES)
            await out.write(chunk)
            written += chunk.length
            onProgress(written / file.length)
        }
        await out.close().catch(async (error: unknown) => {
            // A board that has all is gone before the file is closed.
            if (await volumeOf(folder)) throw error
        })
    } catch (error) {
        await out?.abort().catch(() => undefined)
        throw copyBrokenOff(volume, board, {
            // Of what the browser was given, the last may not have got there.
            part: Math.min(written / file.length, 0.99),
            why: signal.aborted ? "it was interrupted" : reasonOf(error as Error),
            isThere: (await volumeOf(folder)) !== undefined,
        })
    }
    const end = performance.now() + restartMs
    while (await volumeOf(folder)) {
        if (performance.now() > end) throw copyNotTaken(volume, board)
        await sleep(LOOK_MS)
    }
}

/** What a folder is the drive of; undefined of one that says nothing, or is gone. */
async function volumeOf(folder: FileSystemDirectoryHandle): Promise<BootVolume | undefined> {
    try {
        const info = await (await folder.getFileHandle(INFO_FILE)).getFile()
        const boardId = boardIdOf(new Uint8Array(await info.arrayBuffer()))
        return boardId === undefined ? undefined : { folder: nameOf(folder), boardId }
    } catch {
        return undefined
    }
}

/** The top of a drive has no name everywhere. */
function nameOf({ name }: FileSystemDirectoryHandle): string {
    return name.replace(/^[\\/]$/, "") || "the folder that you chose"
}

/** As browsers name what went wrong (File System Standard). */
function reasonOf({ name, message }: Error): string {
    if (name === "NotFoundError" || name === "NotReadableError" || name === "InvalidStateError")
        return "the drive went away: was the cable pulled?"
    if (name === "NotAllowedError" || name === "NoModificationAllowedError")
        return "you may not write to it"
    if (name === "QuotaExceededError") return "it is full"
    return message.replace(/\.$/, "")
}
