import type { Colors } from "picocolors/types"
import type { BlockType } from "../../../model/heap/block"

/** A kind of block that is in use. */
export type FilledType = Exclude<BlockType, "free">

type Hue = "Blue" | "Cyan" | "Green" | "Yellow" | "Magenta" | "Red" | "White"

/** How a kind of block looks: a letter that tells it without colour, a hue, and what people call it. */
const LOOKS: Record<FilledType, { letter: string; hue: Hue; words: string }> = {
    null: { letter: "N", hue: "Red", words: "no kind" },
    bytes: { letter: "B", hue: "Cyan", words: "fields, elements" },
    array: { letter: "A", hue: "Blue", words: "arrays" },
    map: { letter: "M", hue: "Magenta", words: "objects" },
    buffer: { letter: "U", hue: "Yellow", words: "buffers" },
    string: { letter: "S", hue: "Green", words: "texts" },
    "bound-function": { letter: "F", hue: "Blue", words: "bound methods" },
    activation: { letter: "C", hue: "White", words: "call frames" },
    "half-static-map": { letter: "H", hue: "Magenta", words: "built-in objects" },
    "short-map": { letter: "O", hue: "Magenta", words: "VM's maps" },
    packet: { letter: "P", hue: "Red", words: "packets" },
    "string-jmp": { letter: "J", hue: "Green", words: "long texts" },
    image: { letter: "I", hue: "Yellow", words: "images" },
}

/** A kind's letter: upper case while live, lower case as garbage. */
export function blockLetter(type: FilledType, isGarbage = false): string {
    const { letter } = LOOKS[type]
    return isGarbage ? letter.toLowerCase() : letter
}

/** What people call a kind of block: the VM's own word is in `--json`. */
export function blockWords(type: FilledType): string {
    return LOOKS[type].words
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
