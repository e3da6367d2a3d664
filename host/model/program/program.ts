import type { DebugInfo } from "./debug-info"

/** A program, ready to run. */
export interface Program {
    /** The entry as the user named it, with forward slashes. */
    entry: string
    bytecode: Uint8Array
    /** Undefined for a `.devs` file without its `-dbg.json`. */
    debug: DebugInfo | undefined
    /** What `debug` was read from, when it was built from sources. */
    debugJson?: string
    /**
     * Where the files its debug information names are, from where the command runs, with forward
     * slashes: the project's folder. Empty when they are as they are named.
     */
    sourceFolder: string
    /** The board it is written for, if it imports one as `@dsboard/<id>`. */
    board?: string
    /** What its sources use of a board, whichever that is; undefined for bytecode. */
    needs?: BoardNeeds
    /** What the project gives its boards besides; empty for a `.devs` file. */
    settings: Settings
    /** Nothing had to be compiled. */
    cached: boolean
}

/** What a program cannot do without, as far as its text tells. */
export interface BoardNeeds {
    /** It speaks to the I2C bus and leaves it to its board which pins that has. */
    i2cBus: boolean
    /** It lights a strip of LEDs at a pin. */
    ledStrip: boolean
    /** Pins that it calls by their number, as `gpio(7)`. */
    pins: readonly number[]
    /** Those of them whose voltage it reads. */
    analogPins: readonly number[]
    /** Pins that it calls by the name that the board it is written for has for them, as `pins.GP7`. */
    pinNames?: readonly string[]
}

/** By name, what the board keeps: the value as JSON, in UTF-8. */
export type Settings = ReadonlyMap<string, Uint8Array>
