import { squarify, type Box } from "../squarify"

/** A thing that takes a part of an area in proportion to its size. */
export interface TreemapNode<T> {
    size: number
    value: T
}

export interface TreemapBox<T> extends Box {
    value: T
}

/**
 * Divides an area among things in proportion to their sizes, in boxes as square as they come, the largest
 * first. Those without a size have no box.
 */
export function treemap<T>(nodes: readonly TreemapNode<T>[], area: Box): TreemapBox<T>[] {
    const shown = nodes.filter(({ size }) => size > 0).sort((a, b) => b.size - a.size)
    const boxes = squarify(
        shown.map(({ size }) => size),
        area,
    )
    return boxes.map((box, i) => ({ ...box, value: shown[i]!.value }))
}
