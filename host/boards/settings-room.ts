import type { Settings } from "../model/program/program"
import type { Board } from "./board"

/**
 * How the firmware keeps settings (`jd_fstor.c` of jacdac-c): a table of pages with a header, an entry for each
 * setting and its value, aligned; the program is one entry more. Two entries always stay free.
 */
const FSTOR = { pageBytes: 4096, tableShare: 16, leastPages: 2, header: 24, entry: 24, align: 8 }
/** Entries that are not the project's: the program, and the two that stay free. */
const OTHER_ENTRIES = 3

/** Bytes that settings have room for on a board, and that these take. */
export function settingsRoom(
    { storageFlashBytes }: Pick<Board, "storageFlashBytes">,
    settings: Settings,
): { roomBytes: number; takenBytes: number } {
    const pages = Math.floor(storageFlashBytes / FSTOR.pageBytes / FSTOR.tableShare)
    const table = Math.max(pages, FSTOR.leastPages) * FSTOR.pageBytes
    return {
        roomBytes: table - FSTOR.header - OTHER_ENTRIES * FSTOR.entry,
        takenBytes: [...settings.values()].reduce((sum, value) => sum + settingBytes(value), 0),
    }
}

function settingBytes({ length }: Uint8Array): number {
    return FSTOR.entry + Math.max(1, Math.ceil(length / FSTOR.align)) * FSTOR.align
}
