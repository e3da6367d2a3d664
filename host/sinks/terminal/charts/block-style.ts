import type { Colors } from "picocolors/types"
import { BLOCK_LOOKS, type FilledType, type Hue } from "../../block-looks"

/** A kind's letter: upper case while live, lower case as garbage. */
export function blockLetter(type: FilledType, isGarbage = false): string {
    const { letter } = BLOCK_LOOKS[type]
    return isGarbage ? letter.toLowerCase() : letter
}

/** What people call a kind of block: the VM's own word is in `--json`. */
export function blockWords(type: FilledType): string {
    return BLOCK_LOOKS[type].words
}

/** Paints `text` as blocks of this kind are painted: live on a coloured ground, garbage not. */
export function paintBlock(type: FilledType, isGarbage: boolean, text: string, c: Colors): string {
    const { hue } = BLOCK_LOOKS[type]
    if (isGarbage) return c[inkOf(hue)](text)
    return c[`bg${hue}`](c.black(text))
}

function inkOf(hue: Hue) {
    return `${hue.slice(0, 1).toLowerCase()}${hue.slice(1)}` as Uncapitalize<Hue>
}
