/** A thing that takes a part of an area in proportion to its size. */
export interface TreemapNode<T> {
    size: number
    value: T
}

export interface TreemapBox<T> {
    x: number
    y: number
    width: number
    height: number
    value: T
}

interface Area {
    x: number
    y: number
    width: number
    height: number
}

/**
 * Divides an area among things in proportion to their sizes, in boxes as square as they come (Bruls, Huizing
 * and van Wijk, "Squarified treemaps"). Those without a size have no box.
 */
export function treemap<T>(nodes: readonly TreemapNode<T>[], area: Area): TreemapBox<T>[] {
    const left = nodes.filter(({ size }) => size > 0).sort((a, b) => b.size - a.size)
    const boxes: TreemapBox<T>[] = []
    let free = { ...area }
    let rest = left.reduce((sum, { size }) => sum + size, 0)
    while (left.length > 0) {
        const row = [left.shift()!]
        // Area a unit of size has, and the side that rows are laid along.
        const scale = (free.width * free.height) / rest
        const side = Math.min(free.width, free.height)
        while (left.length > 0 && worst([...row, left[0]!], side, scale) <= worst(row, side, scale))
            row.push(left.shift()!)
        const size = row.reduce((sum, { size }) => sum + size, 0)
        const isTall = free.height <= free.width
        const thickness = side === 0 ? 0 : (size * scale) / side
        let at = isTall ? free.y : free.x
        for (const { size: own, value } of row) {
            const length = side * (own / size)
            boxes.push(
                isTall
                    ? { x: free.x, y: at, width: thickness, height: length, value }
                    : { x: at, y: free.y, width: length, height: thickness, value },
            )
            at += length
        }
        free = isTall
            ? { ...free, x: free.x + thickness, width: Math.max(0, free.width - thickness) }
            : { ...free, y: free.y + thickness, height: Math.max(0, free.height - thickness) }
        rest -= size
    }
    return boxes
}

/** The longest side of a row's boxes to its shortest, of the box where that is most. */
function worst(row: readonly { size: number }[], side: number, scale: number): number {
    const areas = row.map(({ size }) => size * scale)
    const sum = areas.reduce((a, b) => a + b, 0)
    const most = Math.max(...areas)
    const least = Math.min(...areas)
    const square = side * side
    return Math.max((square * most) / (sum * sum), (sum * sum) / (square * least))
}
