/** A field of a layout, or a part of it: all in bits. */
export interface PlacedBits {
    name: string
    at: number
    bits: number
}

/** A stretch of one row that the same fields use: none is padding, several are variants of a union. */
export interface LayoutBox {
    row: number
    /** From the row's start. */
    at: number
    bits: number
    fields: string[]
}

/**
 * The stretches of a layout, row after row, in order.
 * @param bits of the whole layout
 * @param bitsARow bits of a row
 */
export function layoutBoxes(
    fields: readonly PlacedBits[],
    bits: number,
    bitsARow: number,
): LayoutBox[] {
    const rows = Math.ceil(bits / bitsARow)
    const cuts = new Set([bits, ...Array.from({ length: rows }, (_, row) => row * bitsARow)])
    for (const field of fields) cuts.add(field.at).add(field.at + field.bits)
    const places = [...cuts].filter(place => place <= bits).sort((a, b) => a - b)
    const boxes: LayoutBox[] = []
    for (const [i, start] of places.slice(0, -1).entries()) {
        const users = fields.filter(one => one.at <= start && one.at + one.bits > start)
        const names = users.map(({ name }) => name)
        const row = Math.floor(start / bitsARow)
        const last = boxes.at(-1)
        const length = places[i + 1]! - start
        const isSame =
            last?.row === row &&
            last.fields.length === names.length &&
            names.every((name, one) => name === last.fields[one])
        if (isSame) last.bits += length
        else boxes.push({ row, at: start % bitsARow, bits: length, fields: names })
    }
    return boxes
}
