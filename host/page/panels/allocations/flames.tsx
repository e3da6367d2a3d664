import { useSignal } from "@preact/signals"
import { formatPercent } from "../../../base/format-units"
import { useWidth } from "../use-width"
import { isMatched, type FlameFrame } from "./flame-tree"

const ROW_PX = 20
/** Narrower than this, nobody sees a frame. */
const MIN_PX = 1.5
const CHARACTER_PX = 6.6
const MAX_ROWS = 40

/** A frame as it is drawn. */
interface Placed {
    frame: FlameFrame
    parent: Placed | undefined
    row: number
    x: number
    width: number
}

interface FlamesProps {
    root: FlameFrame
    filter: string
    format: (value: number) => string
}

/** A flame graph that hangs: callers stand above whom they called. A click, or Enter, goes into a frame. */
export function Flames({ root, filter, format }: FlamesProps) {
    const { place, width } = useWidth()
    const inside = useSignal("")
    const focused = useSignal("")
    /** The frame that is told of below. */
    const pointed = useSignal<string | undefined>(undefined)
    const top = find(root, inside.value) ?? root
    const placed = layOut(top, width)
    const rows = placed.reduce((most, { row }) => Math.max(most, row), 0) + 1
    const current = placed.find(({ frame }) => frame.key === focused.value) ?? placed[0]
    const walk = (event: KeyboardEvent) => {
        const at = current
        if (!at) return
        if (event.key === "Enter") inside.value = at.frame.key
        else if (event.key === "Escape" && inside.value !== "") inside.value = ""
        else {
            const next = neighbour(placed, at, event.key)
            if (!next) return
            focused.value = next.frame.key
            pointed.value = next.frame.key
        }
        event.preventDefault()
        event.stopPropagation()
    }
    const shown = placed.find(({ frame }) => frame.key === pointed.value)?.frame
    return (
        <div class="flames" ref={place}>
            <svg
                viewBox={`0 0 ${width} ${rows * ROW_PX}`}
                width={width}
                height={rows * ROW_PX}
                tabIndex={0}
                role="application"
                aria-label="Flame graph: arrows go from frame to frame, Enter into one, Escape out"
                aria-describedby="flame-told"
                onKeyDown={walk}
                onMouseLeave={() => (pointed.value = undefined)}
            >
                {placed.map(({ frame, row, x, width }) => (
                    <g
                        key={frame.key}
                        class={classOf(frame, filter, current?.frame === frame)}
                        transform={`translate(${x} ${row * ROW_PX})`}
                        onMouseMove={() => (pointed.value = frame.key)}
                        onClick={() => {
                            focused.value = frame.key
                            inside.value = frame.key === inside.value ? "" : frame.key
                        }}
                    >
                        <rect
                            width={Math.max(MIN_PX, width - 1)}
                            height={ROW_PX - 1}
                            rx={2}
                            {...(frame.type !== undefined && {
                                style: { "--kind": `var(--${frame.type})` },
                            })}
                        />
                        <Name text={frame.name} width={width} />
                    </g>
                ))}
            </svg>
            <p class="readout" id="flame-told" role="status">
                {shown
                    ? `${shown.name}${shown.place === undefined ? "" : `, ${shown.place}`}: ${format(shown.value)}, ${formatPercent(root.value > 0 ? shown.value / root.value : 0)} of all`
                    : inside.value === ""
                      ? "Point at a frame to see what it has; a click goes into it."
                      : "A click on the same frame, or Escape, shows all again."}
            </p>
        </div>
    )
}

function Name({ text, width }: { text: string; width: number }) {
    const room = Math.floor((width - 8) / CHARACTER_PX)
    if (room < 3) return null
    return (
        <text x={5} y={14}>
            {text.length > room ? `${text.slice(0, room - 1)}…` : text}
        </text>
    )
}

function classOf(frame: FlameFrame, filter: string, isFocused: boolean): string {
    const isDim = filter !== "" && !isMatched(frame, filter)
    return `frame ${frame.kind} ${isDim ? "dim" : ""} ${isFocused ? "focused" : ""}`
}

function find(frame: FlameFrame, key: string): FlameFrame | undefined {
    if (frame.key === key) return frame
    for (const child of frame.children) {
        // A frame's key begins with that of its parent.
        if (!key.startsWith(child.key)) continue
        const found = find(child, key)
        if (found) return found
    }
    return undefined
}

function layOut(top: FlameFrame, width: number): Placed[] {
    const placed: Placed[] = []
    const scale = top.value > 0 ? width / top.value : 0
    const lay = (frame: FlameFrame, x: number, row: number, parent: Placed | undefined): void => {
        const one: Placed = { frame, parent, row, x, width: frame.value * scale }
        if (one.width < MIN_PX || row >= MAX_ROWS) return
        placed.push(one)
        let left = x
        for (const child of frame.children) {
            lay(child, left, row + 1, one)
            left += child.value * scale
        }
    }
    lay(top, 0, 0, undefined)
    return placed
}

function neighbour(placed: readonly Placed[], at: Placed, key: string): Placed | undefined {
    const beside = placed.filter(({ row }) => row === at.row)
    switch (key) {
        case "ArrowUp":
            return at.parent
        case "ArrowDown":
            return placed.find(({ parent }) => parent === at)
        case "ArrowLeft":
            return beside[beside.indexOf(at) - 1] ?? at
        case "ArrowRight":
            return beside[beside.indexOf(at) + 1] ?? at
    }
    return undefined
}
