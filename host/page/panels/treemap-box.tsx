import type { Box } from "../../sinks/squarify"

/** Above what is in a box, for its name. */
export const HEAD_PX = 18
/** A character of a name. */
const CHARACTER_PX = 6.6

/** An area of a treemap, one pixel from the next. */
export function TreemapArea({ box, color }: { box: Box; color: string }) {
    return (
        <rect
            x={box.x}
            y={box.y}
            width={Math.max(0, box.width - 1)}
            height={Math.max(0, box.height - 1)}
            style={{ "--kind": `var(--${color})` }}
            rx={2}
        />
    )
}

interface TreemapNameProps {
    box: Box
    name: string
    /** A file: of its name the end says most. */
    isFile?: boolean
}

/** A name as far as it fits. */
export function TreemapName({
    box: { x, y, width, height },
    name,
    isFile = false,
}: TreemapNameProps) {
    const room = Math.floor((width - 8) / CHARACTER_PX)
    if (height < HEAD_PX - 2 || room < 3) return null
    const cut = isFile ? `…${name.slice(1 - room)}` : `${name.slice(0, room - 1)}…`
    return (
        <text x={x + 5} y={y + 13} class={isFile ? "file" : ""}>
            {name.length > room ? cut : name}
        </text>
    )
}
