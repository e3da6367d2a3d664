import { useSignal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"
import { formatBytesExact, formatDuration } from "../../base/format-units"
import type { HeapBlock } from "../../model/heap/block"
import { capacityFor } from "../../model/heap/heap-memory"
import { isFilledType, BLOCK_LOOKS } from "../../sinks/block-looks"
import { blockAt, rowBytes } from "./map-layout"
import { MapPainter } from "./map-painter"
import type { PageState } from "../page-state"
import { Panel } from "./panel"
import { savePicture } from "./save-picture"
import { Term } from "./term"

const ROW_PX = 9

/** The heap by address, at the moment that is looked at. Pointing names a block, a click keeps it. */
export function HeapMapView({ state }: { state: PageState }) {
    const canvas = useRef<HTMLCanvasElement>(null)
    const painter = useRef(new MapPainter())
    const pointed = useSignal<number | undefined>(undefined)
    const chosen = useSignal<number | undefined>(undefined)
    /** Counts the pictures in which something still fades. */
    const fading = useSignal(0)
    const history = state.history.value
    const { momentMs, frame } = state
    void frame.value
    void fading.value
    const ms = momentMs.value
    const capacityBytes = history ? capacityFor(history.hello.about.board.heapBytes) : 0
    const blocks = !history ? [] : ms === undefined ? history.map.now.blocks : history.map.at(ms)
    const perRow = rowBytes(capacityBytes)
    const rows = Math.ceil(capacityBytes / perRow)
    const address = pointed.value ?? chosen.value
    const block = address === undefined ? undefined : blockAt(blocks, address)

    useEffect(() => {
        const place = canvas.current
        if (!place || blocks.length === 0) return
        const width = Math.round(place.clientWidth * devicePixelRatio)
        const height = Math.round(rows * ROW_PX * devicePixelRatio)
        if (place.width !== width) place.width = width
        if (place.height !== height) place.height = height
        painter.current.paint(place, blocks, capacityBytes, {
            chosen: block,
            isNext: ms === undefined,
        })
        if (!painter.current.isMoving) return
        const next = requestAnimationFrame(() => fading.value++)
        return () => cancelAnimationFrame(next)
    })

    if (!history) return null
    if (blocks.length === 0)
        return (
            <Panel title="Heap by address">
                <p class="nothing">{noMap(state)}</p>
            </Panel>
        )
    const addressAt = (event: MouseEvent) => {
        const box = canvas.current!.getBoundingClientRect()
        const row = Math.floor(((event.clientY - box.top) / box.height) * rows)
        return row * perRow + Math.floor(((event.clientX - box.left) / box.width) * perRow)
    }
    const walk = (event: KeyboardEvent) => {
        const at = block ?? blocks[0]!
        const target = {
            ArrowRight: at.address + at.bytes,
            ArrowLeft: at.address - 1,
            ArrowDown: at.address + perRow,
            ArrowUp: at.address - perRow,
        }[event.key]
        if (target === undefined) return
        event.preventDefault()
        event.stopPropagation()
        pointed.value = undefined
        chosen.value = blockAt(blocks, target)?.address ?? at.address
    }
    return (
        <Panel
            title="Heap by address"
            note={
                <>
                    a row is {formatBytesExact(perRow)}; <Term name="live" /> in the colour of its
                    kind, <Term name="garbage" /> grey, <Term name="hole">free</Term> as the ground
                </>
            }
            actions={
                <button
                    type="button"
                    aria-label="Save the map as a PNG"
                    onClick={() =>
                        canvas.current && savePicture(canvas.current, "heap-by-address.png")
                    }
                >
                    PNG
                </button>
            }
        >
            <canvas
                ref={canvas}
                class="map"
                style={{ height: `${rows * ROW_PX}px` }}
                tabIndex={0}
                role="application"
                aria-label="Blocks of the heap by address: arrow keys go from block to block"
                onMouseMove={event => (pointed.value = addressAt(event))}
                onMouseLeave={() => (pointed.value = undefined)}
                onClick={event => (chosen.value = blockAt(blocks, addressAt(event))?.address)}
                onKeyDown={walk}
            />
            <p class="block" role="status">
                {block ? (
                    <>
                        {describe(block)}
                        <Since state={state} block={block} ms={ms ?? history.nowMs} />
                    </>
                ) : (
                    "Point at a block, or walk there by arrow keys, to see what it is."
                )}
            </p>
        </Panel>
    )
}

/** Since when a block has been there, and the way to that moment. */
function Since({ state, block, ms }: { state: PageState; block: HeapBlock; ms: number }) {
    const since = state.history.value?.map.since(ms, block)
    if (since === undefined) return <>, there since before this page knows</>
    return (
        <>
            , since{" "}
            <button class="link" onClick={() => state.lookAt(since)}>
                {formatDuration(since)}
            </button>
        </>
    )
}

function describe({ address, bytes, type, live }: HeapBlock): string {
    const what = isFilledType(type) ? BLOCK_LOOKS[type].words : "free"
    const state = type === "free" ? "a hole" : live ? "live" : "garbage"
    return `${what}, ${formatBytesExact(bytes)}, ${state}, at +${address.toString(16).padStart(4, "0")}`
}

function noMap(state: PageState): string {
    const history = state.history.value!
    const { fromMs } = history.map
    if (fromMs !== undefined && state.momentMs.value !== undefined)
        return `The map of that moment is not kept: it is known from ${formatDuration(fromMs)} on.`
    return "This source does not tell where blocks are: a simulated board does, and a recording of one."
}
