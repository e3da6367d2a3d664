import type { Board } from "../board"
import type { ConfigurationChange } from "./put-configuration"

/** A run of bytes in a board's flash. */
export interface FlashPart {
    what:
        | "firmware"
        | "bootloader"
        | "partition table"
        | "configuration"
        | "application"
        | "erased programs and settings"
    address: number
    bytes: number
}

/** What becomes of the programs and settings that are on the board. */
export type StorageChange = "kept" | "erased" | "overwritten"

/** Firmware that was checked, with the board's configuration in it: ready to be written. */
export interface Firmware {
    format: "uf2" | "bin"
    /** The file: a UF2 file as it is copied, an ESP image as it is written to one address. */
    file: Uint8Array<ArrayBuffer>
    /** The address of the first byte. */
    address: number
    /** What is in it, by address. */
    parts: FlashPart[]
    configuration: ConfigurationChange
    storage: StorageChange
}

export interface PrepareOptions {
    /** Of the file, for messages. */
    name: string
    board: Board
    /** Leaves nothing of the programs and settings on the board. */
    erase: boolean
}
