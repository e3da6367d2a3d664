/** A rectangle, in any unit. */
export interface Box {
    x: number
    y: number
    width: number
    height: number
}

/**
 * Divides a rectangle among values, each an area of its share, as near to squares as rows of them come
 * (after Bruls, Huizing and van Wijk's squarified treemaps).
 * @param values above 0, the largest first
 */
export function squarify(values: readonly number[], { x, y, width, height }: Box): Box[] {
    const total = values.reduce((sum, value) => sum + value, 0)
    if (total <= 0 || width <= 0 || height <= 0) return []
    const scale = (width * height) / total
    const boxes: Box[] = []
    let rest: Box = { x, y, width, height }
    for (let at = 0; at < values.length;) {
        const side = Math.min(rest.width, rest.height)
        let end = at + 1
        let area = values[at]! * scale
        let worst = worstRatio(values[at]!, values[at]!, area, scale, side)
        for (; end < values.length; end++) {
            const more = area + values[end]! * scale
            const ratio = worstRatio(values[at]!, values[end]!, more, scale, side)
            if (ratio > worst) break
            area = more
            worst = ratio
        }
        const depth = side > 0 ? area / side : 0
        const isColumn = rest.width >= rest.height
        let along = isColumn ? rest.y : rest.x
        for (; at < end; at++) {
            const length = depth > 0 ? (values[at]! * scale) / depth : 0
            boxes.push(
                isColumn
                    ? { x: rest.x, y: along, width: depth, height: length }
                    : { x: along, y: rest.y, width: length, height: depth },
            )
            along += length
        }
        rest = isColumn
            ? { ...rest, x: rest.x + depth, width: Math.max(0, rest.width - depth) }
            : { ...rest, y: rest.y + depth, height: Math.max(0, rest.height - depth) }
    }
    return boxes
}

/** Of the largest and the smallest of a row: how far from a square the worse one is, 1 for a square. */
function worstRatio(
    largest: number,
    smallest: number,
    area: number,
    scale: number,
    side: number,
): number {
    const square = (area / side) ** 2
    return Math.max(square / (smallest * scale), (largest * scale) / square)
}
