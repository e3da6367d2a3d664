import type { Colors } from "picocolors/types"
import type { BlockType } from "../../../model/heap/block"

/** A kind of block that is in use. */
export type FilledType = Exclude<BlockType, "free">

type Hue = "Blue" | "Cyan" | "Green" | "Yellow" | "Magenta" | "Red" | "White"

/** How a kind of block looks: a letter that tells it without colour, and a hue. */
const LOOKS: Record<FilledType, { letter: string; hue: Hue }> = {
    null: { letter: "N", hue: "Red" },
    bytes: { letter: "B", hue: "Cyan" },
    array: { letter: "A", hue: "Blue" },
    map: { letter: "M", hue: "Magenta" },
    buffer: { letter: "U", hue: "Yellow" },
    string: { letter: "S", hue: "Green" },
    "bound-function": { letter: "F", hue: "Blue" },
    activation: { letter: "C", hue: "White" },
    "half-static-map": { letter: "H", hue: "Magenta" },
    "short-map": { letter: "O", hue: "Magenta" },
    packet: { letter: "P", hue: "Red" },
    "string-jmp": { letter: "J", hue: "Green" },
    image: { letter: "I", hue: "Yellow" },
}

/** A kind's letter: upper case while live, lower case as garbage. */
export function blockLetter(type: FilledType, isGarbage = false): string {
    const { letter } = LOOKS[type]
    return isGarbage ? letter.toLowerCase() : letter
}

/** Paints `text` as blocks of this kind are painted: live on a coloured ground, garbage not. */
export function paintBlock(type: FilledType, isGarbage: boolean, text: string, c: Colors): string {
    const { hue } = LOOKS[type]
    if (isGarbage) return c[hue.toLowerCase() as Lowercase<Hue>](text)
    return c[`bg${hue}`](c.black(text))
}

/** Whether a name, of a report's figures, is a kind of block that is in use. */
export function isFilledType(type: string): type is FilledType {
    return Object.hasOwn(LOOKS, type)
}
