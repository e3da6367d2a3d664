import type { BlockType } from "../model/heap/block"
import { KINDS, type Color } from "./palette"

/** A kind of block that is in use. */
export type FilledType = Exclude<BlockType, "free">

/** The hues of a terminal that kinds of blocks have: blue and grey are what their bytes are. */
export type Hue =
    | "Cyan"
    | "CyanBright"
    | "Green"
    | "GreenBright"
    | "Yellow"
    | "YellowBright"
    | "Magenta"
    | "MagentaBright"
    | "Red"
    | "RedBright"
    | "White"

/** How a kind of block looks, wherever it is shown, and what people call it. */
export interface BlockLook {
    /** Tells it without colour. */
    letter: string
    /** On a terminal. */
    hue: Hue
    /** In a picture. */
    color: Color
    /** The VM's own word is in `--json`. */
    words: string
}

export const BLOCK_LOOKS: Readonly<Record<FilledType, BlockLook>> = {
    null: { letter: "N", hue: "Red", color: KINDS.unknown, words: "no kind" },
    bytes: { letter: "B", hue: "Magenta", color: KINDS.storage, words: "fields, elements" },
    array: { letter: "A", hue: "Cyan", color: KINDS.arrays, words: "arrays" },
    map: { letter: "M", hue: "MagentaBright", color: KINDS.objects, words: "objects" },
    buffer: { letter: "U", hue: "Yellow", color: KINDS.buffers, words: "buffers" },
    string: { letter: "S", hue: "Green", color: KINDS.texts, words: "texts" },
    "bound-function": {
        ...{ letter: "F", hue: "RedBright", color: KINDS.functions },
        words: "bound methods",
    },
    activation: { letter: "C", hue: "White", color: KINDS.frames, words: "call frames" },
    "half-static-map": {
        ...{ letter: "H", hue: "MagentaBright", color: KINDS.builtIns },
        words: "built-in objects",
    },
    "short-map": { letter: "O", hue: "Magenta", color: KINDS.tables, words: "VM's maps" },
    packet: { letter: "P", hue: "Red", color: KINDS.packets, words: "packets" },
    "string-jmp": {
        ...{ letter: "J", hue: "GreenBright", color: KINDS.longTexts },
        words: "long texts",
    },
    image: { letter: "I", hue: "YellowBright", color: KINDS.images, words: "images" },
}

/** Whether a name, of a report's figures, is a kind of block that is in use. */
export function isFilledType(type: string): type is FilledType {
    return Object.hasOwn(BLOCK_LOOKS, type)
}
