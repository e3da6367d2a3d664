import { asSentence } from "./as-sentence"
import { UserError } from "../../base/errors"
import { formatPercent } from "../../base/format-units"
import type { Board } from "../../boards/board"

/** A drive that the boot ROM of a board makes of it, to have firmware copied to it. */
export interface BootVolume {
    /** Where it is, as people call it. */
    folder: string
    /** What it says it is: `RPI-RP2`. */
    boardId: string
}

/** By which a drive says what it is (UF2's specification). */
export const INFO_FILE = "INFO_UF2.TXT"
/** What is written to the drive: its name does not matter. */
export const COPIED_FILE = "firmware.uf2"
/** A board that has all its blocks restarts at once. Milliseconds. */
export const RESTART_MS = 10_000
const MAX_INFO_BYTES = 4096

/** What a drive says it is in its own file; undefined of one that says nothing. */
export function boardIdOf(info: Uint8Array): string | undefined {
    const text = new TextDecoder("latin1").decode(info.subarray(0, MAX_INFO_BYTES))
    return /^Board-ID:\s*(\S+)\s*$/m.exec(text)?.[1]
}

/** @throws UserError when the drive is another chip's */
export function checkVolume({ folder, boardId }: BootVolume, board: Board): void {
    const { volume } = board.firmware.bootMode
    if (volume === boardId) return
    throw new UserError(
        "E_BOOT_MODE",
        `The drive at ${folder} is that of another chip (${boardId}), and a ${board.name} is ${volume}. Nothing was written.`,
    )
}

/**
 * What the board has when its copy was not whole, and what to do.
 * @param copy how much of it was written, 0 to 1, and whether the drive is there still
 */
export function copyBrokenOff(
    { folder }: BootVolume,
    board: Board,
    { part, why, isThere }: { part: number; why: string; isThere: boolean },
): UserError {
    const of = `Copying the firmware of the ${board.name} to ${folder} broke off: ${asSentence(why)}`
    const again = `${isThere ? "Unplug it." : ""} ${howTo(board)} Then flash again.`.trim()
    return new UserError(
        "E_FLASH",
        part === 0
            ? `${of} Nothing was written: the board is as it was. ${again}`
            : `${of} ${formatPercent(part)} was written: it has no whole firmware now, and starts nothing. That does it no harm: its boot ROM is part of the chip. ${again}`,
    )
}

/** The drive is there long after it has got all. */
export function copyNotTaken({ folder }: BootVolume, board: Board): UserError {
    return new UserError(
        "E_FLASH",
        `All was copied to ${folder}, and the ${board.name} does not leave it: its boot ROM did not take the file. Unplug it. ${howTo(board)} Then flash again.`,
    )
}

function howTo(board: Board): string {
    return board.firmware.bootMode.enter.join(" ")
}
